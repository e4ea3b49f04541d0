"""The digest sees what a repetition could leave behind, and nothing that has to move."""

from pathlib import Path

from pymongo import MongoClient

from tests.replay.digest import RESTARTED, differences, digest
from tests.support.desk import Desk


def test_it_names_what_came_went_and_changed_and_leaves_out_bookkeeping(
    mongo_url: str, db_prefix: str, tmp_path: Path
) -> None:
    desk = Desk("nowhere:9092", mongo_url, db_prefix, tmp_path)
    with MongoClient[dict[str, object]](mongo_url) as client:
        cases, portal = client[desk.database("cases")], client[desk.database("portal")]
        cases["cases"].insert_many([{"_id": it, "state": "open"} for it in ("a", "b")])
        cases["inbox"].insert_one({"_id": "m", "at": 1})
        cases["leases"].insert_one({"_id": "timers", "fence": 1})
        portal["portals"].insert_one({"_id": "p", "version": 1, "state": "active"})
        before, quiet = digest(desk), digest(desk, RESTARTED.keys())

        cases["inbox"].update_one({"_id": "m"}, {"$set": {"at": 2}})
        cases["leases"].update_one({"_id": "timers"}, {"$set": {"fence": 2}})
        assert differences(before, digest(desk)) == []
        portal["portals"].update_one({"_id": "p"}, {"$set": {"version": 2}})
        assert differences(quiet, digest(desk, RESTARTED.keys())) == []

        cases["cases"].update_one({"_id": "a"}, {"$set": {"state": "shut", "late": True}})
        cases["cases"].delete_one({"_id": "b"})
        cases["inbox"].insert_one({"_id": "n", "at": 2})
        assert differences(before, digest(desk)) == [
            "changed: cases.cases/a: late, state",
            "changed: portal.portals/p: version",
            "gone: cases.cases/b",
            "new: cases.inbox/n",
        ]
