# The mails that notify writes itself.

greeting = Hola, { $name }:
written = Lo que usted escribió

acknowledgement-subject = Hemos recibido su solicitud { $number }
acknowledgement-lead = Gracias por escribirnos. Su solicitud ha llegado y tiene el número
acknowledgement-next = Alguien de { $company } le responderá por correo electrónico a esta dirección. Mientras tanto no tiene que hacer nada.
acknowledgement-open = Ver cómo va
acknowledgement-footer = Este mensaje se envió automáticamente por su solicitud en { $address }.

follow-up-answer = Puede responder directamente a este correo.
follow-up-about = Trata de su solicitud { $number } en { $address }.
follow-up-open = Ver cómo va

survey-subject = Su solicitud { $number } está resuelta: ¿qué le ha parecido?
survey-lead = Hemos dado su solicitud por resuelta. Tiene el número
survey-next = ¿Qué le ha parecido la ayuda de { $company }? Responder lleva medio minuto y nos ayuda a mejorar. Si algo sigue pendiente, escríbanos de nuevo en { $address } e indique el número.
survey-open = Valorar nuestra ayuda
survey-footer = Este mensaje se envió automáticamente, una sola vez, por su solicitud en { $address }.

escalation-subject = Nadie ha acudido al chat en directo { $number }
escalation-lead = Un cliente de { $company } espera en un chat en directo que nadie ha tomado, aunque ha sonado. Tiene el número
escalation-next = Quien lo abra y lo tome responde al cliente. Los demás lo sabrán entonces.
escalation-open = Abrir el caso
escalation-footer = Este mensaje se envió automáticamente porque usted tiene acceso a { $company }.

# Of a promise of the service level: { $owner } is own, or nobody
sla-warned-subject = Vence pronto: caso { $number }
sla-warned-lead = { $promise ->
        [resolution] Un caso de { $company } que nadie tiene debe resolverse pronto.
       *[other] Un cliente de { $company } debe recibir respuesta pronto y nadie tiene el caso.
    } Tiene el número
sla-warned-next = Quien lo tome a tiempo cumple lo prometido. Los demás lo sabrán entonces.
sla-warned-open = Abrir el caso
sla-warned-footer = Este mensaje se envió automáticamente porque usted tiene acceso a { $company }.

sla-breached-subject = Vencido: caso { $number }
sla-breached-lead = { $owner ->
        [own] { $promise ->
            [resolution] Su caso de { $company } debía estar ya resuelto.
           *[other] Un cliente de { $company } espera su respuesta desde hace más de lo prometido.
        }
       *[other] { $promise ->
            [resolution] Un caso de { $company } que nadie tiene debía estar ya resuelto.
           *[other] Un cliente de { $company } espera una respuesta desde hace más de lo prometido y nadie tiene el caso.
        }
    } Tiene el número
sla-breached-next = { $owner ->
        [own] Si no puede atenderlo, transfiéralo a un compañero.
       *[other] Quien lo tome responde al cliente. Los demás lo sabrán entonces.
    }
sla-breached-open = Abrir el caso
sla-breached-footer = Este mensaje se envió automáticamente porque usted tiene acceso a { $company }.
