# What portal's server itself says in a browser, when there is no page that could.

unknown-title = Aquí no hay ninguna página
unknown-text = Puede que la dirección esté mal escrita o que la página se haya trasladado.
unbuilt-title = Las páginas aún no están compiladas
unbuilt-text = En el equipo en el que se ejecuta Deskbus, escriba: { $command }
