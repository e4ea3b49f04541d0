### Todos los textos de Deskbus en español. en, es y de tienen los mismos mensajes con las mismas
### variables; una prueba lo comprueba. Se trata de usted.

## Shared: words and parts of both sides

send = Enviar
close = Cerrar
discard = Descartar
try-again = Reintentar
language = Idioma
you = Usted
conversation = Conversación
jump-to-newest = Mensajes más recientes
message-from = { $name }: { $text }
message-late = Escrito después del final
message-deleted = { $name } eliminó este mensaje
message-deleted-you = Usted eliminó este mensaje
message-deleted-somebody = Este mensaje se eliminó
message-overdue = Aún no se ha entregado. Seguimos intentándolo.
message-not-sent = No enviado.
typing = { $name } está escribiendo
typing-somebody = Alguien está escribiendo
delivery-waiting = Aún no entregado
delivery-sent = Enviado
delivery-delivered = Entregado
delivery-read = Leído
composer-hint = Intro para enviar, Mayús + Intro para una línea nueva
text-count = { NUMBER($count) } de { NUMBER($limit) }
text-too-long = { $over ->
    [one] Sobra un carácter.
   *[other] Sobran { NUMBER($over) } caracteres.
  }
connection-trying = Sin conexión. Reintentando.
connection-unsent = Aún no entregado. Reintentando.

## Shared: parts of a page that come later

loading = Cargando
part-missing = Esta parte no se ha podido cargar
part-missing-text = Puede que no haya conexión o que haya una versión más reciente de Deskbus. Lo que haya escrito en otra parte se conserva.
read-again = Volver a cargar la página

## Shared: automatic messages

bot-name = Mensaje automático
bot-greeting = Hola. Gracias por su mensaje. Un técnico le atenderá enseguida.
bot-ask-email = ¿Cuál es su dirección de correo electrónico?
bot-ask-email-why = Con ella podemos responderle aunque tenga que irse.
bot-email-thanks = Gracias. Usaremos esta dirección si no le encontramos aquí.
bot-other = Este mensaje automático necesita una versión más nueva de la página. Vuelva a cargarla, por favor.

## Shared: what is wrong with a field

field-required = Rellene este campo.
field-invalid = No se puede aceptar. Compruébelo, por favor.
field-invalid-email = No parece una dirección de correo. Ejemplo: nombre@ejemplo.com
field-all-companies-needed = El registro de auditoría y la propia cuenta son para claves de todas las empresas.
field-too-long = Use { NUMBER($max) } caracteres como máximo.
field-control-characters = Contiene caracteres invisibles. Escríbalo en lugar de pegarlo.

## Shared: errors, each under its stable code

error-network = No se puede contactar con el servidor. Compruebe su conexión e inténtelo de nuevo.
error-unavailable = No está disponible en este momento. Inténtelo de nuevo en breve.
error-internal = Algo ha fallado por nuestra parte. Inténtelo de nuevo; si persiste, contacte con soporte.
error-invalid-input = Parte de lo introducido no se puede aceptar. Compruebe los campos.
error-not-found = Aquí no hay nada. Puede que se haya movido o eliminado.
error-method-not-allowed = Esto no se puede hacer aquí.
error-too-large = Es demasiado grande para aceptarlo. Acórtelo, por favor.
error-text-too-long = Este mensaje es demasiado largo. Acórtelo o envíelo en partes.
error-control-characters = Contiene caracteres invisibles. Escríbalo en lugar de pegarlo.
error-token-invalid = Su sesión ya no es válida. Empiece de nuevo, por favor.
error-token-expired = Su sesión ha terminado. Empiece de nuevo, por favor.
error-ticket-invalid = No se ha podido iniciar el chat. Vuelva atrás e inténtelo de nuevo.
error-portal-unknown = No hay ninguna página de soporte en esta dirección.
error-portal-not-taking-chats = Nadie puede atender un chat en este momento.
error-conversation-unknown = Esta conversación no está disponible.
error-conversation-deleted = Esta conversación se eliminó. No se conserva nada de ella.
error-conversation-ended = Este chat ha terminado.
error-case-unknown = No existe ese caso, o usted no tiene acceso a él.
error-case-moved-on = { $who ->
    [other] El caso ha cambiado entretanto: está ahora
   *[technician] { $name } se adelantó: el caso está ahora
  } { $state ->
    [pending] pendiente
    [unassigned] sin asignar
    [assigned] asignado
    [snoozed] pospuesto
    [resolved] resuelto
   *[changed] en otro estado
  }.
error-case-not-assigned = Este caso aún no está asignado a nadie.
error-transcript-empty = Aquí aún no se ha escrito nada, por lo que no hay transcripción.
error-email-unknown = No se conoce ninguna dirección de correo. Indique una.
error-too-many-transcripts = La transcripción ya se ha enviado varias veces. Vuelva a intentarlo dentro de una hora.
error-protocol-unsupported = Esta página está desactualizada. Vuelva a cargarla, por favor.
error-frame-too-large = Es demasiado grande para aceptarlo. Acórtelo, por favor.
error-frame-invalid = Esta página y el servidor no se entienden. Vuelva a cargar la página.
error-rate-limited = Demasiado de una vez. Espere un momento e inténtelo de nuevo.
error-text-empty = Este mensaje está vacío.
error-invalid-email = No parece una dirección de correo. Revísela, por favor.
error-authentication-timeout = La conexión ha tardado demasiado. Se vuelve a intentar sola.
error-too-many-sockets = Esto está abierto en demasiadas ventanas. Cierre algunas, por favor.
error-message-conflict = En su lugar ya se envió otro mensaje. Escríbalo de nuevo, por favor.
error-admission-taken = Este chat ya se había iniciado. Pulse el botón otra vez, por favor.
error-link-invalid = Este enlace no está completo. Vuelva a abrirlo desde el correo, por favor.
error-survey-answered = La encuesta de este caso ya se ha respondido. Gracias.
error-survey-not-open = En este momento no hay ninguna encuesta que responder.
error-mail-unknown = No existe ese correo, o usted no tiene acceso a él.

## Portal: the page and its states

portal-title = Soporte
portal-title-company = Soporte de { $company }
portal-loading = Cargando
portal-unknown-title = Aquí no hay ninguna página de soporte
portal-unknown-text = Compruebe la dirección. Si ha seguido un enlace, avise a la empresa que se lo envió.
portal-unavailable-title = Servicio no disponible
portal-unavailable-text = Disculpe las molestias que esto pueda causarle.
portal-request-title = Ahora mismo no hay nadie disponible para chatear
portal-request-text = Deje su pregunta y le responderemos por correo. En cuanto vuelva alguien, esta página le ofrecerá el chat.
portal-failed-title = No se ha podido cargar esta página

## Portal: the form

form-title = ¿En qué podemos ayudarle?
form-text = Díganos quién es y después haga su pregunta en el chat.
form-first-name = Nombre
form-last-name = Apellidos
form-email = Correo electrónico
form-email-hint = Así podremos responderle aunque tenga que irse.
form-email-optional = Correo electrónico (opcional)
form-email-hint-request = A esta dirección enviaremos la respuesta.
form-question = Su pregunta
form-send = Enviar
form-sending = Enviando
form-chat-possible = Ahora hay alguien disponible para chatear.
form-chat-instead = Prefiero chatear
form-submit = Chatear
form-starting = Iniciando el chat
form-errors = { $count ->
    [one] Un campo requiere su atención.
   *[other] { NUMBER($count) } campos requieren su atención.
  }

## Portal: the chat

chat-compose = Su mensaje
chat-compose-first = Escriba su pregunta
chat-compose-next = Escriba un mensaje
chat-empty-title = ¿Qué podemos hacer por usted, { $name }?
chat-empty-text = Escriba su pregunta abajo. Cuanto más nos cuente, antes podremos ayudarle.
chat-waiting-title = Gracias. Un técnico se unirá en breve.
chat-waiting-text = Mantenga esta página abierta; mientras tanto puede ampliar su pregunta.
chat-waiting-time = En espera
chat-waiting-leave = Si prefiere no esperar, haga clic { $here } y deje su pregunta.
chat-waiting-here = aquí
chat-waiting-here-label = aquí: dejar de esperar y dejar su pregunta
chat-offer-title = Está tardando más de lo habitual
chat-offer-text = Deje su pregunta y le responderemos por correo. O siga esperando: conserva su turno.
chat-offer-leave = Dejar mi pregunta
chat-offer-wait = Seguir esperando
chat-with = Con { $name }
chat-not-joined = Aún no se ha unido nadie
chat-activity-joined = { $name } se ha unido
chat-activity-taken = { $name } se ocupa de su solicitud
chat-activity-left = { $name } ha salido
chat-activity-resolved = La solicitud se marcó como resuelta
chat-activity-reopened = La solicitud se volvió a abrir
chat-activity-transferred = { $name } se hace cargo
chat-activity-queued = Su solicitud espera a otra persona del equipo
chat-activity-contact = Ha indicado la dirección { $email }
chat-activity-retracted = Se rechazó una copia de un mensaje con otras palabras
chat-activity-other = La solicitud se actualizó
chat-ended-customer = Usted finalizó el chat
chat-ended-technician = El técnico finalizó el chat
chat-ended-resolved = El chat terminó porque la solicitud se resolvió
chat-ended-request = Dejó de esperar y envió una solicitud
chat-ended-gone = El chat terminó porque esta página estaba cerrada
chat-end = Finalizar chat
chat-end-title = ¿Finalizar este chat?
chat-end-text = Puede iniciar un chat nuevo en cualquier momento.
chat-end-yes = Sí
chat-end-no = No, continuar
chat-ending = Finalizando el chat
chat-over-title = Este chat ha terminado
chat-resolved-title = Su solicitud está resuelta
chat-over-text = Gracias por ponerse en contacto con nosotros.
chat-over-new = Iniciar un chat nuevo
chat-lost-title = Este chat ya no se puede abrir
chat-lost-text = Puede que sea demasiado antiguo. Puede iniciar uno nuevo.
chat-deleted-title = Esta conversación se eliminó
chat-deleted-text = No se conserva nada de ella. Puede empezar otra cuando quiera.

## Portal later: a request

request-title-request = Gracias. Hemos recibido su solicitud.
request-title-gone = Su chat es ahora una solicitud
request-next = Qué pasa ahora
request-next-mail = Recibirá una confirmación por correo en { $email }.
request-next-answer = Un técnico leerá su pregunta y le responderá por correo.
request-next-number = Si vuelve a escribirnos, indique el número de caso.
request-next-no-email = No tenemos su correo electrónico. Para recibir una respuesta, empiece de nuevo e indíquelo, por favor.
request-another = Hacer otra pregunta
request-deleted-title = Esta solicitud se eliminó
request-deleted-text = No se conserva nada de ella. Puede volver a preguntar cuando quiera.
case-number = Número de caso { $number }

## Portal later: a wait that is given up

leave-title = Deje su pregunta
leave-text = Le responderemos por correo. Lo que escribió en el chat se adjunta. Hasta que la envíe, conserva su turno.
leave-text-to = Le responderemos por correo a { $email }. Lo que escribió en el chat se adjunta. Hasta que la envíe, conserva su turno.
leave-back = Seguir esperando

## Portal later: the survey

survey-title = ¿Qué le ha parecido?
survey-rating-1 = Muy mal
survey-rating-2 = Mal
survey-rating-3 = Regular
survey-rating-4 = Bien
survey-rating-5 = Muy bien
survey-missing = Elija una de las cinco respuestas, por favor.
survey-comment = ¿Quiere añadir algo? (opcional)
survey-send = Enviar valoración
survey-sending = Enviando
survey-thanks = Gracias por su valoración
survey-given = Su respuesta: { $rating }

## Portal later: to take along

copies-download = Descargar la conversación
copies-form-txt = Texto
copies-form-html = HTML
copies-form-pdf = PDF
copies-request = Solicitar una transcripción de la conversación
copies-requesting = Solicitando
copies-request-again = Solicitarla de nuevo
copies-mail-requested = La transcripción está en camino a { $email }.
copies-mail-sending = La transcripción está en camino a { $email }.
copies-mail-waiting = El servidor de correo no la acepta por el momento. Seguimos intentándolo; puede cerrar esta página.
copies-mail-accepted = La transcripción se envió a { $email }.
copies-mail-failed = La transcripción no se pudo entregar a { $email }.
copies-mail-unknown = La conexión se cortó durante el envío. Puede que haya llegado a { $email }; mire primero ahí, por favor.

## Status: a request as the link of a mail shows it

status-title = Su solicitud { $number }
status-loading = Cargando su solicitud
status-received = La hemos recibido
status-received-text = Alguien la verá pronto. No tiene que hacer nada.
status-in-progress = { $name } se ocupa de ella
status-in-progress-somebody = Alguien se ocupa de ella
status-in-progress-text = Le avisaremos en cuanto haya novedades.
status-resolved = Está resuelta
status-resolved-text = Si algo sigue pendiente, pregunte de nuevo e indique el número { $number }.
status-steps = Lo ocurrido hasta ahora
status-step-received = Recibida
status-step-in-progress = En curso
status-step-resolved = Resuelta
status-invalid-title = Este enlace no funciona
status-invalid-text = Puede que se haya cortado por el camino. Vuelva a abrirlo desde el correo o cópielo entero.
status-gone-title = Esta solicitud ya no está aquí
status-gone-text = Se eliminó con todo lo que contenía. Puede preguntar de nuevo cuando quiera.
status-failed-title = Su solicitud no se puede mostrar por el momento

## Console: errors that customers never meet

field-whole-number = Introduzca un número entero de 0 a { NUMBER($max) }.
field-seconds = Introduzca un número entero de segundos, de 1 a { NUMBER($max) }.
field-days = Introduzca un número entero de días, de 1 a { NUMBER($max) }.
error-chat-not-ended = Este caso se puede eliminar cuando su chat haya terminado.
error-customer-without-address = No se conoce ninguna dirección de correo de este cliente. Pídala, por favor.
error-mail-was-sent = Este correo ya se envió, tal como estaba antes de que lo cambiara. Si lo envía de nuevo, saldrá como otro correo.
error-message-unknown = Este mensaje ya no existe.
error-deletion-not-allowed = Solo su autor y los administradores pueden eliminar este mensaje.
error-session-ended = Su sesión está cerrada. Inicie sesión de nuevo, por favor.
error-received-mail-unknown = Ese correo no existe (o ya no).
error-inbox-entry-unknown = Esa notificación ya no existe.
error-administrators-only = Solo los administradores pueden hacer esto.
error-api-key-invalid = Esta clave de API ya no es válida.
error-scope-missing = Esta clave de API no puede hacer esto: le falta el permiso { $scope }.
error-needs-technician = Una clave de API no puede quedarse con un caso. Asígnelo a un técnico.
error-not-for-api-keys = Esto no se puede hacer con una clave de API.
error-api-key-rate-limited = Esta clave de API ha agotado sus { $limit } solicitudes por minuto. Inténtelo de nuevo en { $seconds } s.

## Console

# Words of many places
cancel = Cancelar
save = Guardar
undo = Deshacer

# The frame: top bar, menus, notices
console-navigation = Principal
console-cases = Casos
console-settings = Configuración
console-messages = Avisos
console-shortcuts = Atajos de teclado
console-session = Sesión
console-theme = Apariencia
console-theme-system = Como el sistema
console-theme-light = Clara
console-theme-dark = Oscura
console-person-menu = { $name }: idioma, apariencia, cerrar sesión
console-status-menu = Estado: { $status }
console-status-chats = Solicitudes de chat
console-available = Disponible
console-available-note = Ve las solicitudes entrantes y se le avisa de las nuevas.
console-not-available = No disponible
console-not-available-note = Las solicitudes entrantes están ocultas y en silencio. Sus propios casos continúan.
console-not-available-note-shown = Las solicitudes entrantes no suenan, pero usted las ve y puede asumirlas. Sus propios casos continúan.
console-notifications = Notificaciones
console-sound = Sonido
console-sound-ask = ¿Reproducir un sonido cuando un cliente espere?
console-sound-enable = Activar el sonido
console-sound-decline = Sin sonido
console-sound-blocked = Su navegador bloquea el sonido por ahora. No oiría a un cliente que espera.
console-sound-blocked-short = Bloqueado por el navegador
console-offline = Sin conexión. Lo que ve puede no estar al día; se sigue intentando automáticamente.
unread-away = No está disponible en este momento. Se sigue intentando automáticamente.
console-unreachable-title = Deskbus no responde
console-alert-live-chat = Un cliente espera: chat en directo, caso número { $number }
console-alert-request = Ha llegado una solicitud de asistencia: caso número { $number }
console-alert-email = Ha llegado un correo: caso número { $number }
console-alert-reopened = Un cliente ha vuelto a escribir: número de caso { $number }

# Signing in and out
console-sign-in-title = Iniciar sesión en Deskbus
console-sign-in = Iniciar sesión
console-sign-out = Cerrar sesión
console-email = Correo electrónico
console-password = Contraseña
console-email-required = Escriba su correo electrónico.
console-email-invalid = No parece una dirección de correo. Ejemplo: nombre@example.com
console-password-required = Escriba su contraseña.
console-session-ended = Su sesión ha terminado. Inicie sesión de nuevo.
error-sign-in-failed = El correo o la contraseña no son correctos. Revise ambos e inténtelo de nuevo.
error-too-many-attempts = Demasiados intentos. Espere unos minutos e inténtelo de nuevo.

# Filters and orders of lists
filter-bar = Filtro y orden
filter-add = Filtrar
filter-by = Campos
filter-by-words = Palabras
filter-clear = Borrar
place-misread = Esta dirección filtra por algo que no existe: { $names }. Se ha omitido.
filter-remove = Quitar filtro: { $field }
filter-chip = { $field }: { $values }
filter-words = Escriba palabras
filter-no-choice = Aún no hay nada que elegir.
filter-me = Yo
filter-category = Activo o cerrado
filter-category-active = Activo
filter-category-closed = Cerrado
filter-state = Estado
filter-follow-up = Seguimiento
filter-follow-up-active = Activo
filter-follow-up-active-note = Aún sin correo de seguimiento, o el cliente ha escrito después
filter-follow-up-closed = Cerrado
filter-follow-up-closed-note = Se envió un correo de seguimiento
filter-technician = Técnico
filter-label = Etiqueta
filter-priority = Prioridad
filter-flagged = Marca
filter-flagged-true = Con marca
filter-flagged-false = Sin marca
filter-type = Tipo
filter-portal = Portal
filter-spam = Correo no deseado
filter-spam-true = Solo no deseados
filter-customer = De
filter-title = Título
filter-q = En todo
filter-nothing = Ningún caso coincide
filter-nothing-text = En esta lista nada cumple todo lo que pide el filtro.
filter-hides = Hay casos sin uno de estos:
filter-without = Sin { $what }
filter-save = Guardar este filtro
filter-name = Nombre
filter-share = Compartir con toda la cuenta
filter-shared = Compartido con todos
filter-save-new = Guardar como nuevo
filter-save-changes = Guardar cambios
filter-saved = { $name } está guardado.
filter-saved-title = Filtros guardados
filter-actions = Acciones para { $name }
filter-delete = Eliminar filtro
sort-title = Ordenar por
sort-by = Ordenado por: { $order }
sort-direction = Sentido
sort-turned = Al revés
sort-created = Creación
sort-updated = Cambio
sort-customer = Último mensaje del cliente
sort-waiting = Mayor espera
sort-priority = Prioridad
sort-sla = Vence antes
sort-relevance = Mejor coincidencia

# The lists of cases
console-lists = Listas de casos
console-list-unassigned = Sin asignar
console-list-mine = Mis casos
console-list-all = Todos los casos
console-empty-unassigned = Nadie espera
console-empty-unassigned-text = Un caso nuevo aparece aquí automáticamente, con un sonido si usted está disponible.
console-away-title = Usted no está disponible
console-away-text = Las solicitudes entrantes están ocultas y no se le avisa de ellas. Sus propios casos continúan en Mis casos.
console-hidden-all = Los casos que esperan a alguien están ocultos mientras usted no está disponible.
console-become-available = Ponerme disponible
console-no-portal = Todavía no hay portal de clientes
console-no-portal-text = Los casos llegan por el portal de clientes de una empresa. En cuanto una empresa a la que usted tiene acceso tenga uno, sus casos aparecerán aquí.
console-no-portal-administrator = Usted es administrador: el primer portal necesita una empresa y una dirección propia.
console-no-portal-technician = Un administrador crea el portal o le da acceso a su empresa.
console-add-portal = Añadir portal de clientes
console-look-again = Comprobar de nuevo
console-empty-mine = No tiene casos
console-empty-mine-text = Los casos que se asigne quedan aquí hasta que se resuelvan.
console-empty-all = Todavía no hay casos
console-empty-all-text = Aquí estará cada caso de sus clientes, lo atienda quien lo atienda.
console-loading-more = Cargando más
console-unseen = { $count ->
    [one] { $count } caso nuevo
   *[other] { $count } casos nuevos
}
console-unread = { $count ->
    [one] { $count } mensaje sin leer
   *[other] { $count } mensajes sin leer
}
console-type-live-chat = Chat en directo
console-type-request = Solicitud de asistencia
console-type-email = Correo electrónico
console-type-call = Llamada
console-type-ended = terminado
console-no-preview = Aún sin pregunta
console-you = Usted
console-time-waiting = Espera
console-time-live = En el chat
console-time-request = Abierta
console-time-ended = Duró
console-time-title = { $what }, desde { $since }
console-unanswered = Sin respuesta desde hace
console-unanswered-since = El cliente espera una respuesta desde { $since }
console-resize-list = Ancho de la lista
console-resize-details = Ancho de los detalles

# Eliminar un caso para siempre, y su comprobante.

console-delete = Eliminar el caso
console-delete-live = Eliminar el caso (cuando su chat haya terminado)
console-delete-text = Los nombres, las direcciones, el chat, los archivos y todos los demás detalles del caso n.º { $number } se eliminan para siempre, también para el cliente. No se puede deshacer.
console-deleted = El caso n.º { $number } está eliminado.
console-deleted-receipt = Ver el comprobante
console-deleted-by = { $name } eliminó el caso n.º { $number }.
console-deleted-title = Este caso se eliminó
console-deleted-text = Alguien con permisos de administración lo eliminó para siempre, con todo lo que contenía.
settings-erasures = Casos eliminados

## Console settings: errors of what is kept there

error-label-taken = Ya hay una etiqueta con este nombre. Elija otro nombre.
error-too-many-labels = La cuenta tiene todas las etiquetas posibles. Retire antes algunas.
error-macro-taken = Ya hay una macro con este nombre. Elija otro nombre.
error-too-many-macros = No caben más macros. Elimine antes alguna.
error-rule-unknown = Esta regla ya no existe.
error-too-many-rules = No caben más reglas. Elimine antes alguna.
error-rule-broken = Esta regla nombra algo que ya no existe. Corríjala antes.
error-company-has-portal = Esta empresa ya tiene un portal. Modifique ese portal o elija otra empresa.

## Console settings: deleted cases

settings-erasures-about = Qué ha sido de cada caso eliminado, almacén por almacén. De lo que contenía no queda nada que mostrar.
settings-erasures-by = Eliminado por { $name }, { $time }
settings-erasures-more = Ver más
settings-erasures-none = No se ha eliminado ningún caso
settings-erasures-none-text = Con permisos de administración, usted elimina un caso desde la barra de sus detalles, cuando su chat ha terminado.
erasure-state-purging = Eliminando
erasure-state-incomplete = Incompleto
erasure-state-purged = Eliminado
erasure-state-complete = Completo
erasure-about-purging = Se ha pedido a cada servicio que elimine lo que guarda, y responde almacén por almacén.
erasure-about-incomplete = Un servicio no ha respondido o no pudo vaciar un almacén. Se le vuelve a pedir hasta que pueda.
erasure-about-purged = Cada servicio ha eliminado lo que guardaba. Todos miran otra vez por si algo estaba en camino.
erasure-about-complete = Cada servicio ha eliminado lo que guardaba; la segunda revisión no encontró nada más.
erasure-attempts = Se preguntó { NUMBER($count) } veces.
erasure-completed = Completo desde { $time }.
erasure-stores = Almacén por almacén
erasure-service = Servicio
erasure-answer = Respuesta
erasure-removed = Eliminado
erasure-service-portal = Admisión
erasure-service-chat = Conversaciones
erasure-service-cases = Casos
erasure-service-notify = Avisos y correo
erasure-service-transcripts = Transcripciones
erasure-answer-waiting = Sin respuesta todavía
erasure-answer-failed = No pudo eliminarlo todo
erasure-answer-purged = Eliminado
erasure-store-data-key = Clave de datos
erasure-store-outbox = Mensajes enviados
erasure-store-parked = Mensajes apartados
erasure-store-timers = Temporizadores
erasure-store-rule-runs = Ejecuciones de reglas
erasure-store-conversations = Conversación
erasure-store-entries = Entradas
erasure-store-cursors = Marcas de lectura
erasure-store-tickets = Entradas de acceso
erasure-store-cases = Caso
erasure-store-history = Historial
erasure-store-waits = Esperas
erasure-store-decisions = Avisos
erasure-store-streams = Contadores de eventos
erasure-store-mails = Correos
erasure-store-planned = Encuestas previstas
erasure-store-admissions = Admisiones
erasure-store-dead-letters = Eventos no procesados
erasure-store-contacts = Datos del contacto
erasure-store-looks = Consultas del caso
erasure-store-inbox-entries = Notificaciones
erasure-store-received = Correos recibidos
erasure-store-received-pieces = Partes de correos recibidos
erasure-broker = En el intermediario de mensajes
erasure-tombstone = Clave destruida por el registro en la partición { $partition }, posición { $offset }, { $time }.
erasure-tombstone-none = El registro que destruye la clave aún no está escrito.
erasure-key-gone-by = La propia clave cifrada se compacta y desaparece antes de { $time }.
erasure-key-embedded = El intermediario integrado guarda la clave cifrada en memoria hasta que se detiene.
erasure-topic-gone-by = Ilegible desde ahora; el último registro desaparece antes de { $time }.
erasure-topic-embedded = Ilegible desde ahora; el intermediario integrado lo olvida al detenerse.
erasure-remains = Lo que nadie puede eliminar
erasure-remains-database-files = Bloques que MongoDB ha soltado y aún no ha sobrescrito, su diario y su registro de operaciones. Todo en ellos está cifrado, también la clave del caso: solo la abre el secreto de esta instalación.
erasure-remains-backups = Las copias de seguridad anteriores, hasta que se sustituyan. Vale lo mismo para ellas.
erasure-remains-mails-delivered = Los correos que ya se entregaron a alguien.

## Console: conversations, contacts, and what belongs together

# The conversation
console-conversation = Conversación
console-nothing-selected = Ningún caso seleccionado
console-nothing-selected-text = Elija un caso de la lista para leer la conversación y ayudar.
console-case-missing = No se puede mostrar este caso
console-hidden-case = Este caso no se muestra
console-hidden-case-text = Si espera a alguien, está oculto mientras usted no está disponible para solicitudes de chat.
console-back-to-list = Volver a la lista
console-back-to-conversation = Volver a la conversación
console-no-messages = { $name } aún no ha escrito.
console-reply-label = Mensaje para { $name }
console-reply-placeholder = Escribir a { $name }
console-hint-assign = Asígnese el caso para responder.
console-hint-other = { $name } atiende este caso.
console-hint-ended-no-email = Este chat ha terminado y no se conoce ninguna dirección de correo.
console-hint-request-no-email = El cliente no dejó ninguna dirección de correo, por lo que no se puede responder por correo.
console-write-mail = Escribir un correo
console-email-none = No se conoce
console-leave = Abandonar el chat
console-leave-title = ¿Abandonar este chat?
console-leave-text = El chat termina para usted y para { $name } y no se puede continuar. El caso sigue siendo suyo.
console-leave-yes = Abandonar el chat
console-resolve-title = ¿Resolver el caso y terminar el chat?
console-resolve-text = { $name } sigue en el chat. Termina para ambos y no se puede continuar.
console-resolve-yes = Resolver el caso
console-device = Información del dispositivo
console-device-unknown = El navegador del cliente no ha indicado nada sobre sí mismo.
console-device-browser = Navegador
console-device-system = Sistema
console-device-kind = Tipo de dispositivo
console-device-kind-desktop = Ordenador
console-device-kind-mobile = Teléfono
console-device-kind-tablet = Tableta
console-device-page = Página
console-device-user-agent = En sus propias palabras
console-device-language = Idioma
console-device-time-zone = Zona horaria
console-device-screen = Pantalla
console-activity-joined = { $name } se ha unido al chat
console-activity-joined-you = Usted se ha unido al chat
console-activity-taken = { $name } se ha asignado el caso
console-activity-taken-you = Usted se ha asignado el caso
console-activity-left = { $name } ha abandonado el chat
console-activity-resolved = { $name } ha resuelto el caso
console-activity-resolved-you = Usted ha resuelto el caso
console-activity-reopened = { $name } ha vuelto a abrir el caso
console-activity-reopened-you = Usted ha vuelto a abrir el caso
console-activity-retracted = Se rechazó una copia de un mensaje con otras palabras
console-activity-transferred = { $name } se hace cargo
console-activity-queued = El caso volvió a la cola
console-activity-other = El caso se ha actualizado
console-contact = { $name } ha indicado la dirección { $email }
console-ended-customer = { $name } ha terminado el chat
console-ended-technician = { $name } ha terminado el chat
console-ended-you = Usted ha terminado el chat
console-ended-somebody = El chat se ha terminado
console-ended-resolved = El chat terminó porque el caso se resolvió
console-ended-request = { $name } dejó de esperar y envió una solicitud de asistencia
console-ended-gone = { $name } cerró la página antes de que alguien se uniera; el chat es ahora una solicitud de asistencia

# A follow-up email to the customer (S31, S61)
console-mail-tab = Correo
console-mail-to = Correo para { $email }
console-mail-line-to = Para
console-mail-subject = Asunto
console-mail-text = Texto del correo
console-mail-placeholder = Escriba a { $name }
console-mail-hint = El saludo y la firma se añaden en el idioma del cliente.
console-mail-hint-live = El cliente está en el chat: una respuesta le llega antes.
console-mail-keys = Ctrl+Intro envía.
console-mail-send = Enviar correo
console-mail-assign-and-send = Asignarme y enviar
console-mail-not-taken = No enviado: no se le pudo asignar el caso. Su texto se conserva.
console-mail-moved-on = { $news } Su correo no se ha enviado. Envíelo de nuevo si aún procede.
console-mail-card = Correo al cliente
console-mail-card-to = escribió a { $email }
console-mail-fate-requested = De camino al servidor de correo
console-mail-fate-sending = De camino al servidor de correo
console-mail-fate-waiting = Aún no enviado: el servidor de correo no lo acepta. Se vuelve a intentar automáticamente durante un día como máximo.
console-mail-fate-accepted = Enviado: el servidor de correo lo ha aceptado
console-mail-fate-failed = No entregado. Compruebe la dirección con el cliente y escriba de nuevo.
console-mail-fate-unknown = Puede que haya llegado: la conexión se cortó. No se vuelve a enviar automáticamente.
console-mail-again = Escribir de nuevo
console-follow-up = Correo de seguimiento
console-past-mails = Correos

# Somebody was gone for long
console-away = Se le marcó como no disponible ({ $at }), porque su consola no estaba conectada desde { $since }.
console-away-stay = Seguir sin estar disponible

# Who else is at a case
console-onlooker-looking = { $name } está viendo este caso
console-onlooker-typing = { $name } está escribiendo una respuesta
console-onlookers-typing = { $count ->
    [one] Un colega está escribiendo una respuesta
   *[other] { $count } colegas están escribiendo una respuesta
}

# What can be done with a message
console-message-menu = Acciones del mensaje
console-message-copy = Copiar
console-message-copied = El mensaje se copió.
console-message-not-copied = Este navegador no permite copiar. Seleccione el texto, por favor.
console-message-delete = Eliminar
console-message-delete-question = ¿Eliminar este mensaje?
console-message-delete-text = Su texto desaparece para usted y para el cliente, del caso y de las transcripciones, y no se puede recuperar. Ambas partes ven que usted lo eliminó.

# The details of a case and what is done with it
console-details = Detalles del caso
console-case-title = Caso #{ $number }
console-status = Estado
console-case-status = Estado del caso: { $state }
console-state-pending = Pendiente
console-state-unassigned = Sin asignar
console-state-assigned = Asignado
console-state-snoozed = Pospuesto
console-state-resolved = Resuelto
console-assignee = Asignado a
console-nobody = Nadie
console-name-you = { $name } (usted)
console-created = Creado
console-requested = Solicitado
console-requested-after = tras esperar { $waited }
console-survey = Encuesta
console-rating = { $rating } de 5
console-customer = Cliente
console-first-name = Nombre
console-last-name = Apellido
console-portal = Portal
console-problem = Problema
console-action-assign = Asignarme
console-action-resolve = Resolver el caso
console-action-reopen = Volver a abrir el caso
console-action-open = Abrir caso
console-done-resolve = El caso #{ $number } está resuelto.
console-done-reopen = El caso #{ $number } está abierto de nuevo y es suyo.
console-done-open = El caso #{ $number } está abierto y es suyo.
console-done-spam = El caso #{ $number } está marcado como spam.
console-done-snooze = El caso #{ $number } se ha pospuesto.
console-done-pending = El caso #{ $number } está pendiente.
console-done-transfer = El caso #{ $number } se ha transferido.
console-moved-on = El caso #{ $number } ha cambiado entretanto.
console-moved-on-you = Usted ya lo ha hecho, en otra ventana.
console-moved-on-unassigned = { $name } ha devuelto el caso #{ $number } a Sin asignar.
console-moved-on-assigned = { $name } se adelantó y ahora tiene el caso #{ $number }.
console-moved-on-resolved = { $name } ya ha resuelto el caso #{ $number }.
console-moved-on-snoozed = { $name } ha pospuesto el caso n.º { $number }.
console-moved-on-pending = { $name } ha marcado el caso n.º { $number } como pendiente.

# Lo que se mostró y no valió
console-taken-back = El caso #{ $number } está como antes. { $why }
console-note-lost = La nota del caso #{ $number } no se guardó. { $why }
console-message-kept = El mensaje del caso #{ $number } no se eliminó. { $why }
error-label-unknown = Esta etiqueta ya no existe. Elija otra.
error-cursor-invalid = Esta prueba no puede continuar. Iníciela de nuevo.
error-macro-unknown = Esta macro ya no existe. Elija otra.
error-portal-not-found = No existe ese portal. Vuelva a cargar la página.
error-snooze-in-past = Ese momento ya ha pasado. Elija uno posterior.
error-snooze-too-long = Un caso puede aplazarse un año como máximo. Elija un momento anterior.
error-nothing-to-undo = Este cambio ya no se puede deshacer.
error-technician-cannot-take = Esta persona no tiene acceso al caso. Elija a otra.
error-not-in-account = Su cuenta ya no tiene este portal o técnico. Vuelva a cargar la página.
error-company-unknown = Esta empresa ya no existe. Vuelva a cargar la página.
error-own-portal-unknown = Este portal ya no existe. Vuelva a cargar la página.
error-moment-unknown = El caso no existía en ese momento.

# Contactos

error-contact-unknown = No existe ese contacto, o usted no puede ver ninguno de sus casos.
error-contact-moved-on = Alguien ha cambiado este contacto entretanto. Mírelo de nuevo, por favor.
error-contact-address-taken = Otro contacto tiene esta dirección. Combine los dos contactos.
error-contact-same = Un contacto no se puede combinar consigo mismo. Elija otro.
error-contact-elsewhere = Este contacto tiene casos de empresas a las que usted no tiene acceso. Pídaselo a quien tenga acceso a todas.
error-portal-not-yours = No existe ese portal entre los que usted atiende. Elija otro.
error-case-is-merged = Este caso se combinó con otro. Siga en ese caso o deshaga la combinación.
error-case-not-merged = Este caso no está combinado con otro.
error-case-same = Un caso no se puede combinar consigo mismo. Elija otro.
error-case-other-company = Solo se pueden combinar casos de la misma empresa.
error-case-still-live = Un caso se puede combinar con otro cuando su chat haya terminado.
contacts-title = Contactos
contact-title = Contacto
contact-open = Abrir el contacto
contact-none = Este cliente será un contacto cuando se conozca su dirección de correo.
contact-verified = Verificado
contact-unverified = Sin verificar
contact-unverified-text = La dirección solo se ha escrito. Cualquiera puede escribirla.
contact-verify = Marcar como verificado
contact-unverify = Quitar la verificación
previous-title = Conversaciones anteriores
previous-none = No hay otra conversación de este cliente.
previous-more = Mostrar más
contacts-search = Buscar contactos
contacts-none = Todavía no hay contactos
contacts-none-text = Un cliente será un contacto con su primer caso que tenga una dirección de correo.
contacts-not-found = Ningún contacto coincide
contacts-not-found-text = Busque el comienzo de un nombre, una dirección, una organización o un teléfono.
contact-nothing = Elija un contacto
contact-nothing-text = Aquí verá lo que se sabe de un cliente y todos sus casos.
contact-cases = { $count ->
    [one] 1 caso
   *[other] { $count } casos
}
contact-cases-title = Casos
contact-emails = Direcciones de correo
contact-emails-hint = Una dirección en cada línea. Los casos con una de ellas son de este contacto.
contact-organisation = Organización
contact-phone = Teléfono
contact-note = Nota
contact-note-hint = Solo la ve su equipo.
contact-first-seen = Visto por primera vez
contact-last-seen = Visto por última vez
contact-edit = Editar el contacto
contact-merge = Combinar contactos
contact-merge-into = Combinar con otro contacto
contact-merge-text = El contacto elegido pasará a ser parte de este, con todos sus casos. No se puede deshacer.
contact-merge-search = ¿Qué contacto es la misma persona?
contact-back = Volver a los contactos
contact-unnamed = Sin nombre
console-did-contact-linked = { $name } cambió si el cliente está verificado
contact-merged = Los contactos se han combinado
contact-delete = Eliminar el contacto
contact-delete-question = ¿Eliminar este contacto?
contact-delete-text = El contacto y todos sus casos se eliminan para siempre, en todos los servicios, con un recibo de cada caso. No se puede deshacer.
contact-deleted = El contacto se ha eliminado. Los recibos están en Configuración.

# Casos hechos a mano, combinados y separados

console-time-received = Desde que se recibió
make-title = Nuevo caso
make-from = Nuevo caso a partir de #{ $number }
make-split = Separar de #{ $number }
make-from-menu = Nuevo caso a partir de este
make-split-menu = Nuevo caso desde aquí
make-from-text = El nuevo caso remite a #{ $number } y muestra lo que se dijo allí. La conversación misma se queda en #{ $number }.
make-type = Qué es
make-name = Título del caso
field-optional = { $field } (opcional)
make-mine = Asignármelo
make-do = Crear el caso
merge-menu = Combinar con otro caso
merge-title = Combinar #{ $number } con otro caso
merge-text = El caso se resuelve y sigue en el otro, que muestra ambas conversaciones. Lo que el cliente escriba después llega allí. Se puede deshacer.
merge-search = ¿Con qué caso coincide?
merge-none = No se ha encontrado ningún caso. Busque por número, nombre o título.
merge-do = Combinar
merge-done = #{ $number } se ha combinado con #{ $into }
merge-undo = Deshacer la combinación
merge-undone = #{ $number } sigue de nuevo por su cuenta
merge-notice = Este caso se combinó con #{ $number }.
merge-open = Abrir #{ $number }
merge-into-fact = Combinado con
merge-from-fact = Incluye
refers-fact = Hecho a partir de
elsewhere-label = { $name } en #{ $number }
command-make-words = crear añadir llamada teléfono correo solicitud a mano
command-merge-words = duplicado unir juntar
console-did-merged = { $name } combinó este caso con #{ $number }
console-did-unmerged = { $name } deshizo la combinación con #{ $number }
console-did-absorbed = { $name } combinó #{ $number } con este caso
console-did-released = { $name } volvió a separar #{ $number } de este caso
console-did-split = { $name } hizo #{ $number } a partir de este caso

# Search
console-search = Buscar casos
console-search-label = Buscar casos por nombre, número, título o palabras
console-search-none = Ningún caso coincide. Pruebe con menos palabras o con otras.
console-search-found = Casos encontrados
console-search-count = { $count ->
    [one] Un caso encontrado
   *[other] { $count } casos encontrados
  }
error-search-too-short = Escriba al menos { $least } caracteres.
error-sort-needs-search = Para ordenar por relevancia hacen falta palabras que buscar.
error-filter-unknown = Este filtro ya no existe.
error-filter-taken = Ya hay un filtro con este nombre. Elija otro nombre.
error-too-many-filters = No caben más filtros. Elimine antes alguno.
error-filter-not-yours = Solo quien creó este filtro o un administrador puede cambiarlo.
error-words-not-kept = Las palabras de búsqueda no se pueden guardar, porque pueden nombrar a un cliente. Quítelas antes.

# What technicians do with a case
console-assignee-of = Técnico asignado: { $name }
console-assign-to = Asignar a
console-queue = Cola
console-to-queue = Devolver a la cola
console-to-queue-short = Devolver
console-transfer-to = Transferir a { $name }
console-transfer = Transferir caso
console-hand-over = Pasar a un colega
console-transfer-note = Nota para quien lo recibe
console-transfer-hint = Solo la ve el equipo. Puede dejarla vacía.
console-snooze = Posponer
console-snooze-until = Posponer hasta
console-snooze-reply = La próxima respuesta
console-snooze-reply-days = { $days ->
    [one] La próxima respuesta, un día como máximo
   *[other] La próxima respuesta, { NUMBER($days) } días como máximo
}
console-snooze-tomorrow = Mañana, { $time }
console-snooze-next-week = La próxima semana, { $day } { $time }
console-snooze-chosen = Elegir un momento
console-snooze-short = Posponer caso
console-snooze-time = Reabrir el caso el
console-snoozed = Pospuesto hasta
console-labels = Etiquetas
console-labels-add = Añadir etiquetas
console-labels-none = Aún no hay etiquetas.
console-labels-make = Crear la primera
console-label-remove = Quitar la etiqueta { $title }
console-more = Más acciones
console-rename = Dar nombre al caso
console-title = Nombre
console-title-hint = El equipo encuentra el caso por él. El cliente no lo ve.
console-flag = Marcar
console-unflag = Quitar marca
console-flagged = Marcado
console-mute = Silenciar
console-unmute = Dejar de silenciar
console-muted = Silenciado
console-muted-text = Silenciado: no avisa a nadie. Los mensajes siguen llegando.
console-spam = Marcar como spam
console-no-spam = No es spam
console-is-spam = Spam
console-priority = Prioridad
console-priority-urgent = Urgente
console-priority-high = Alta
console-priority-normal = Normal
console-priority-low = Baja
console-write = Escribir
console-reply = Respuesta
console-note = Nota privada
console-note-label = Nota privada, visible solo para el equipo
console-note-placeholder = Escriba una nota. Con @ avisa a alguien del equipo.
console-note-hint = El cliente nunca la ve
console-note-add = Añadir nota
console-team = Equipo

# The notification inbox (S50)

console-inbox = Notificaciones
console-inbox-button =
    { $count ->
        [0] Notificaciones
        [100] Notificaciones, más de 99 sin leer
       *[other] Notificaciones, { $count } sin leer
    }
console-inbox-only-unread = Sin leer
console-inbox-read-all = Todo leído
console-inbox-more = Mostrar anteriores
console-inbox-empty = No hay nada nuevo para usted
console-inbox-empty-text = Aquí se le avisa cuando alguien le menciona en una nota, cuando un caso pasa a ser suyo, cuando vuelve uno de los suyos y cuando un correo suyo no se entrega.
console-inbox-all-read = Todo está leído
console-inbox-unread = Sin leer:
console-inbox-mark-read = Marcar como leída
console-inbox-mark-unread = Marcar como no leída
console-inbox-remove = Quitar
console-inbox-news =
    { $count ->
        [one] Una notificación nueva
       *[other] { $count } notificaciones nuevas
    }
console-inbox-about = { $text }, caso n.º { $number }
console-inbox-mentioned = { $name } le ha mencionado en una nota
console-inbox-assigned = { $name } le ha asignado un caso
console-inbox-assigned-desk = Se le ha asignado un caso automáticamente
console-inbox-transferred = { $name } le ha transferido un caso
console-inbox-transferred-desk = Se le ha transferido un caso automáticamente
console-inbox-woken = { $name } ha abierto su caso pospuesto
console-inbox-woken-desk = Su caso pospuesto vuelve a estar abierto
console-inbox-reopened = { $name } ha reabierto su caso
console-inbox-reopened-desk = El cliente ha reabierto su caso resuelto
console-inbox-sla-warned-desk = Su caso vence pronto
console-inbox-sla-breached-desk = Su caso está fuera de plazo
console-inbox-sla-warned-unclaimed-desk = Un caso que nadie tiene vence pronto
console-inbox-sla-breached-unclaimed-desk = Un caso que nadie tiene está fuera de plazo
console-inbox-mail-bounced-desk = Su correo a un cliente no se entregó
console-inbox-other = Ha ocurrido algo en un caso suyo
command-inbox-read-all = Marcar todas las notificaciones como leídas
command-inbox-words = bandeja campana menciones avisos

# What happened to a case

console-history = Historial
console-history-all = Mostrar los { $count }
console-history-none = Aún no ha ocurrido nada.
console-travel = Mirar atrás
console-travel-title = Caso n.º { $number }, como era
console-travel-moment = Momento
console-somebody = Alguien
# Inside a sentence.
console-you-within = usted
console-you-name = { $name } (usted)
console-the-desk = El sistema
console-field-title = nombre
console-field-priority = prioridad
console-field-flagged = marca
console-field-muted = silencio
console-field-spam = marca de spam
console-mark-priority = prioridad de { $before } a { $after }
console-mark-title-set = nombre «{ $after }»
console-mark-title = nombre de «{ $before }» a «{ $after }»
console-mark-title-removed = nombre «{ $before }» quitado
console-mark-on = { $field }: sí
console-mark-off = { $field }: no
console-did-opened = { $name } abrió el caso
console-did-described = { $name } describió el problema
console-did-heard = { $name } escribió
console-did-answered = { $name } respondió
console-did-assigned = { $name } asignó el caso a { $to }
console-did-transferred = { $name } transfirió el caso a { $to }
console-did-queued = { $name } devolvió el caso a la cola
console-did-resolved = { $name } resolvió el caso
console-did-reopened = { $name } reabrió el caso
console-did-chat-ended = El chat terminó
console-did-requested = { $name } convirtió el chat en una solicitud
console-did-contact-changed = { $name } dio una dirección de correo
console-did-ready = El caso espera a un técnico
console-did-pending = { $name } marcó el caso como pendiente
console-did-snoozed = { $name } pospuso el caso hasta la próxima respuesta
console-did-snoozed-reply = { $name } pospuso el caso hasta la próxima respuesta, como muy tarde { $until }
console-did-snoozed-until = { $name } pospuso el caso hasta { $until }
console-did-woken = El caso está abierto de nuevo
console-did-labelled-added = { $name } añadió { $labels }
console-did-labelled-removed = { $name } quitó { $labels }
console-did-labelled-both = { $name } añadió { $added } y quitó { $removed }
console-did-edited = { $name } cambió: { $fields }
console-did-noted = { $name } escribió una nota privada
console-did-mailed = { $name } escribió por correo
console-did-followed-up = { $name } escribió un correo: { $subject }
console-did-follow-up-waiting = Un correo aún no se pudo enviar y se vuelve a intentar
console-did-follow-up-accepted = El servidor de correo aceptó un correo
console-did-follow-up-failed = Un correo al cliente no se entregó
console-did-follow-up-unknown = Puede que un correo haya llegado: la conexión se cortó
console-did-follow-up-other = Hay novedades de un correo
console-did-restored = { $name } deshizo su último cambio
console-did-restored-marks = { $name } deshizo su último cambio: { $fields }
console-looked = Visto por { $names }
console-did-survey-answered = { $name } respondió la encuesta
console-did-mail-to = { $kind } a { $to }: { $state }
console-did-mail-by = { $kind } a { $to }, a petición de { $name }: { $state }
console-did-mail-by-customer = { $kind } a { $to }, a petición del cliente: { $state }
console-did-mail = { $kind }: { $state }
console-did-other = { $name } cambió el caso

## Console: the past, from both sides

console-travel-case = El caso
console-saw = Lo que vio el cliente
console-saw-nothing = Aún no se había dicho nada.
console-saw-gone = Aquí había un mensaje. Se eliminó más tarde y su texto ya no existe.
console-saw-asking = La página pedía la pregunta.
console-saw-waiting = La página decía que un técnico atendería pronto.
console-saw-talking = Un técnico ya estaba en el chat.
console-saw-request = La página confirmaba la solicitud n.º { $number }: la respuesta llega por correo.
console-saw-link = No había ninguna página abierta. Los correos enlazan a una que decía cómo estaba la solicitud n.º { $number }.
console-saw-none = No había ninguna página que ver: no se conocía ninguna dirección de correo.
console-saw-resolved = La página decía que la solicitud estaba resuelta.
console-saw-survey = La página preguntaba qué tal había ido.
console-saw-rated = La página daba las gracias por la valoración: { $rating }.
console-said = { $name } escribió
console-said-deleted = { $name } eliminó un mensaje
console-contact-given = { $name } dio una dirección de correo

## Console: service levels (X10)

console-sla = Nivel de servicio
console-sla-first-response = Primera respuesta
console-sla-next-response = Siguiente respuesta
console-sla-resolution = Resolución
console-sla-promise = Compromiso
console-sla-in = { $what } en { $time }
console-sla-late = { $what } con { $time } de retraso
console-sla-row-late = { $time } tarde
console-sla-due-at = { $what } vence: { $at }
console-sla-met = { $what } a tiempo, { $at }
console-sla-met-late = { $what } con retraso, { $at }
console-sla-paused = { $what }: el reloj está parado
console-did-sla-warned = { $what } vence pronto
console-did-sla-breached = { $what } está fuera de plazo
console-did-sla-changed = El nivel de servicio cambió y, con él, los plazos
settings-sla = Niveles de servicio
settings-sla-keywords = SLA, plazo, vence, primera respuesta, horario, festivos, objetivos

## Console settings: service levels (X10)

settings-sla-about = Con qué rapidez se responde a los clientes y se resuelven los casos, dentro del horario en que trabaja. Antes de que algo venza llega un aviso.
sla-place = Se aplica a
sla-place-all = Todos los portales sin uno propio
sla-place-own = { $portal } (propio)
sla-place-default = { $portal }
sla-inherits = Este portal no tiene un nivel de servicio propio: se aplica el de todos los portales. Guarde para darle uno propio.
sla-promises = Qué se promete
sla-promises-about = En tiempo de trabajo. Deje vacío lo que no promete. Los relojes se paran mientras un caso está en espera, pospuesto o resuelto.
sla-about-first-response = Desde el comienzo del caso hasta la primera respuesta de un técnico.
sla-about-next-response = Desde un mensaje posterior del cliente hasta la respuesta.
sla-about-resolution = Desde el comienzo del caso hasta que se resuelve.
sla-unit = Unidad de { $what }
sla-minutes = minutos
sla-hours = horas
sla-priorities = Otros tiempos según la prioridad
sla-warn = Avisar
sla-warn-never = Nunca
sla-warn-share = Cuando quede el { $percent } % del tiempo
sla-removed = El nivel de servicio se ha quitado.
sla-remove = Usar lo de todos los portales
sla-remove-default = No prometer nada
sla-recount = Se recalculan los casos abiertos: { $done } de { $total }
sla-preview-open = Un chat que llegue ahora, dentro del horario:
sla-preview-closed = Un chat que llegue ahora, fuera del horario:
sla-preview-due = { $what } vence: { $at }
sla-preview-never = nunca
hours-title = Horario
hours-about = Solo cuenta el tiempo dentro de este horario.
hours-what-counts = Qué cuenta
hours-office = Horario
hours-always = Todas las horas
hours-zone = Zona horaria
hours-week = Horas de la semana
hours-closed = Cerrado
hours-begin = { $day } desde
hours-end = { $day } hasta
hours-add = Añadir horas el { $day }
hours-remove = Quitar de { $begin } a { $end } el { $day }
hours-next-day = termina al día siguiente
hours-problem = Dé a cada tramo un comienzo y un final, al menos un día.
hours-holidays = Festivos
hours-holiday-add = Añadir festivo
hours-holiday-remove = Quitar { $day }
sla-trial-title = Probar con el último mes
sla-trial-about = Qué habría sido de los casos de los últimos 30 días con este formulario, junto a lo que se aplica ahora. No cambia nada.
sla-trial-run = Probar con el último mes
sla-trial-stop = Parar
sla-trial-progress = Progreso de la prueba
sla-trial-promise = Compromiso
sla-trial-met-before = A tiempo ahora
sla-trial-met-after = A tiempo con este formulario
sla-trial-late-before = Tarde ahora
sla-trial-late-after = Tarde con este formulario
sla-trial-summary = { $cases ->
    [one] 1 caso examinado, { $changed } habría ido de otro modo.
   *[other] { $cases } casos examinados, { $changed } habrían ido de otro modo.
}
sla-trial-cut = Había más casos de los que examina una prueba; el resto queda fuera.
sla-trial-partly = El resto aún no se ha examinado.
sla-trial-changed = Casos que habrían ido de otro modo
sla-trial-more = { $count ->
    [one] Y 1 más.
   *[other] Y { $count } más.
}
sla-trial-becomes-late = { $what } habría llegado tarde
sla-trial-becomes-met = { $what } habría sido a tiempo

## Console: automatic assignment, and labels

# Asignación automática en el historial: quién recibió un caso o por qué nadie
console-did-left = Ya no se puede contactar con { $name }: el caso se ofrece de nuevo
console-routed-assigned = Asignado automáticamente a { $name }: disponible, { $load } de { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] chat
           *[other] chats
        }
       *[other] { $capacity ->
            [one] caso
           *[other] casos
        }
    }
console-routed-nobody = No se asignó automáticamente
console-routed-nobody-no-access = No se asignó automáticamente: nadie tiene acceso a la empresa
console-routed-nobody-none-available = No se asignó automáticamente: no hay nadie disponible
console-routed-nobody-at-capacity = No se asignó automáticamente: { $kind ->
        [chats] quienes están disponibles ya tienen suficientes chats
       *[other] quienes están disponibles ya tienen suficientes casos
    }
console-routed-nobody-gave-back = No se asignó automáticamente: quien está disponible acaba de devolverlo
console-routed-later = { $name }: disponible, { $load } de { $capacity }, no es su turno
console-routed-not-available = { $name }: no disponible
console-routed-at-capacity = { $name }: { $load } de { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] chat
           *[other] chats
        }
       *[other] { $capacity ->
            [one] caso
           *[other] casos
        }
    }
console-routed-gave-back = { $name }: lo devolvió
console-routed-passed = { $name }: no se tuvo en cuenta
console-routed-more = { $count ->
        [one] y una persona más
       *[other] y { $count } personas más
    }
settings-labels = Etiquetas
settings-labels-about = Las etiquetas ordenan los casos. Una etiqueta borrada sigue en los casos que la tienen.
settings-labels-none = Aún no hay etiquetas
settings-labels-none-text = Cree etiquetas como Factura o Error y póngalas a los casos desde los detalles.
settings-label-add = Crear etiqueta
settings-label-edit = Editar etiqueta
settings-label-title = Nombre
settings-label-colour = Color
colour-grey = Gris
colour-red = Rojo
colour-amber = Ámbar
colour-green = Verde
colour-teal = Turquesa
colour-blue = Azul
colour-violet = Violeta
colour-pink = Rosa

## Console: macros and rules (X11)

settings-macros = Macros
settings-macros-about = Una macro hace varias cosas con un caso en un solo paso, y se deshacen todas juntas. Aplíquela desde el menú del caso, con Mayús+M, o a muchos casos a la vez.
settings-macros-none = Aún no hay macros
settings-macros-none-text = Cree una para lo que hace una y otra vez, por ejemplo: etiquetar, escribir una nota y resolver.
macro-add = Añadir macro
macro-edit = Editar macro
macro-name = Nombre
macro-name-hint = Para encontrarla, por ejemplo «Número equivocado, cerrar»
macro-for = Quién puede usarla
macro-for-own = Solo yo
macro-for-shared = Todos
macro-own = Solo usted
macro-shared = Todos
macro-does = Hace, en este orden
macro-broken = Nombra algo que ya no existe
macro-applied = { $name } aplicada al caso { $number }
console-macros = Macros
console-macros-all = Todas las macros…
command-macro = Aplicar una macro
field-incomplete = Complete las líneas marcadas.
automation-actions = Acciones
automation-action = Acción { $place }
automation-up = Subir la acción { $place }
automation-down = Bajar la acción { $place }
automation-remove = Quitar la acción { $place }
automation-add-action = Añadir acción
automation-technician = Técnico
automation-queue = la cola
automation-gone = (ya no existe)
automation-no-labels = Todavía no hay etiquetas.
automation-nobody = nadie
automation-anybody = alguien
automation-or = {" o "}
automation-type-live-chat = chat en directo
automation-type-request = solicitud
automation-type-email = correo
automation-type-call = llamada
step-label-add = Añadir etiquetas
step-label-remove = Quitar etiquetas
step-priority = Poner la prioridad
step-transfer = Darlo a
step-assign = Asignarlo a quien la aplica
step-resolve = Resolverlo
step-snooze = Posponerlo hasta
step-pending = Marcarlo como pendiente
step-note = Escribir una nota privada
step-title = Ponerle nombre
step-flag = Marcarlo
step-unflag = Quitar la marca
step-mute = Silenciarlo
step-unmute = Dejar de silenciarlo
step-spam = Marcarlo como spam
step-open = Abrirlo
step-reopen = Reabrirlo
step-did-label-add = añadir { $labels }
step-did-label-remove = quitar { $labels }
step-did-priority = prioridad { $priority }
step-did-transfer = darlo a { $name }
step-did-assign = asignarlo
step-did-resolve = resolverlo
step-did-snooze = posponerlo
step-did-pending = marcarlo como pendiente
step-did-note = escribir una nota
step-did-title = llamarlo «{ $title }»
step-did-flag = marcarlo
step-did-unflag = quitar la marca
step-did-mute = silenciarlo
step-did-unmute = dejar de silenciarlo
step-did-spam = marcarlo como spam
step-did-open = abrirlo
step-did-reopen = reabrirlo
did-label = etiquetas cambiadas
did-priority = prioridad puesta
did-transfer = entregado
did-assign = asignado
did-resolve = resuelto
did-snooze = pospuesto
did-pending = marcado como pendiente
did-note = nota escrita
did-title = nombre puesto
did-flag = marca cambiada
did-mute = avisos cambiados
did-spam = spam cambiado
did-open = abierto
did-reopen = reabierto
console-did-macro-applied = { $name } aplicó la macro { $macro }: { $did }
console-did-ruled = { $name }: { $did }
console-did-ruled-not = { $name } no pudo hacer nada. { $why }
console-rule-name = Regla { $name }
why-case-moved-on = El estado del caso no lo permitía.
rule-run-because = Cuando { $when }
settings-rules = Reglas
settings-rules-about = Las reglas hacen algo por sí solas cuando algo le ocurre a un caso. Se miran de arriba abajo, y cada una ve lo que han hecho las anteriores.
settings-rules-keywords = automatización disparadores automático
settings-rules-none = Aún no hay reglas
settings-rules-none-text = Cree una, por ejemplo: cuando se abre un caso que contiene «factura», añadir la etiqueta Factura. Puede probarla con el último mes antes de que haga nada.
rule-add = Añadir regla

## Console settings: a rule (X11)

rule-edit = Editar regla
rule-save-off = Guardar, desactivada
rule-name = Nombre
rule-name-hint = Se muestra en el historial de cada caso que toca
rule-when = Cuando
rule-if = Si
rule-then = Entonces
rule-always = Siempre. Añada una condición para elegir casos.
rule-conditions = Condiciones
rule-condition = Condición { $place }
rule-remove-condition = Quitar la condición { $place }
rule-add-condition = Añadir condición
rule-is-or-not = Se cumple o no
rule-match = Cuántas deben cumplirse
rule-match-all = se cumplen todas
rule-match-any = se cumple alguna
rule-minutes = minutos
rule-stars = de 5 estrellas
rule-phrases-text = Palabras, separadas por comas
rule-phrases-email = Una parte de la dirección, como @example.com
rule-broken = Averiada: nombra algo que ya no existe y no hace nada.
rule-sentence = Cuando { $when } y { $conditions }: { $actions }
rule-sentence-always = Cuando { $when }: { $actions }

## Console: rules in words (X11)

rule-and = {" y "}
rule-on = Activada
rule-off = Desactivada
rule-runs = { $count ->
    [0] nunca se ejecutó
    [one] se ejecutó una vez
   *[other] se ejecutó { $count } veces
  }
rule-failures = { $count ->
    [one] una vez no pudo
   *[other] { $count } veces no pudo
  }
rule-last = la última
rule-up = Subir { $name }
rule-down = Bajar { $name }
rule-switch = { $name } está activada
trigger-pick-opened = se abre un caso
trigger-pick-wrote = el cliente escribe
trigger-pick-waited = el cliente ha esperado una respuesta
trigger-pick-requested = un chat se convierte en solicitud
trigger-pick-ready = el bot termina con el cliente
trigger-pick-contact-known = se conoce la dirección del cliente
trigger-pick-answered = un técnico responde
trigger-pick-assigned = el caso se da a alguien
trigger-pick-queued = el caso vuelve a la cola
trigger-pick-labelled = cambian las etiquetas
trigger-pick-edited = cambian prioridad, marca, nombre, avisos o spam
trigger-pick-snoozed = el caso se pospone
trigger-pick-woken = termina una pausa
trigger-pick-pending = el caso se marca como pendiente
trigger-pick-chat-ended = termina el chat
trigger-pick-resolved = el caso se resuelve
trigger-pick-reopened = el caso se reabre
trigger-pick-survey-answered = el cliente responde a la encuesta
trigger-pick-sla-warned = casi se acaba un plazo prometido
trigger-pick-sla-breached = se acaba un plazo prometido
trigger-opened = se abre un caso
trigger-wrote = el cliente escribe
trigger-waited = { $minutes ->
    [0] el cliente ha esperado un rato
    [one] el cliente ha esperado un minuto
   *[other] el cliente ha esperado { $minutes } minutos
  }
trigger-requested = un chat se convierte en solicitud
trigger-ready = el bot termina con el cliente
trigger-contact-known = se conoce la dirección del cliente
trigger-answered = un técnico responde
trigger-assigned = el caso se da a alguien
trigger-queued = el caso vuelve a la cola
trigger-labelled = cambian las etiquetas
trigger-edited = cambian prioridad, marca, nombre, avisos o spam
trigger-snoozed = el caso se pospone
trigger-woken = termina una pausa
trigger-pending = el caso se marca como pendiente
trigger-chat-ended = termina el chat
trigger-resolved = el caso se resuelve
trigger-reopened = el caso se reabre
trigger-survey-answered = el cliente responde a la encuesta
trigger-sla-warned = casi se acaba un plazo prometido
trigger-sla-breached = se acaba un plazo prometido
trigger-other = ocurre algo
condition-kind-text = Problema o nombre
condition-kind-portal = Portal
condition-kind-type = Tipo
condition-kind-state = Estado
condition-kind-assignee = Técnico asignado
condition-kind-label = Etiqueta
condition-kind-priority = Prioridad
condition-kind-language = Idioma del cliente
condition-kind-email = Dirección del cliente
condition-kind-flagged = Marca
condition-kind-office-open = Horario de atención
condition-kind-waited = Espera del cliente
condition-kind-rating = Encuesta
verb-is = es
verb-is-not = no es
verb-contains = contiene
verb-contains-not = no contiene
verb-at-least = es al menos
verb-at-least-not = es menos de
verb-at-most = es como mucho
verb-at-most-not = no es como mucho
verb-open = está abierto
verb-open-not = está cerrado
verb-set = está puesta
verb-set-not = no está puesta
condition-text = el problema contiene { $values }
condition-text-not = el problema no contiene { $values }
condition-portal = el portal es { $values }
condition-portal-not = el portal no es { $values }
condition-type = el tipo es { $values }
condition-type-not = el tipo no es { $values }
condition-state = el estado es { $values }
condition-state-not = el estado no es { $values }
condition-assignee = lo tiene { $values }
condition-assignee-not = no lo tiene { $values }
condition-label = tiene la etiqueta { $values }
condition-label-not = no tiene la etiqueta { $values }
condition-priority = la prioridad es { $values }
condition-priority-not = la prioridad no es { $values }
condition-language = el idioma del cliente es { $values }
condition-language-not = el idioma del cliente no es { $values }
condition-email = la dirección del cliente contiene { $values }
condition-email-not = la dirección del cliente no contiene { $values }
condition-flagged = está marcado
condition-flagged-not = no está marcado
condition-office-open = es horario de atención
condition-office-open-not = no es horario de atención
condition-waited = el cliente ha esperado al menos { $count } minutos
condition-waited-not = el cliente ha esperado menos de { $count } minutos
condition-rating = la encuesta tiene como mucho { $count } de 5 estrellas
condition-rating-not = la encuesta no tiene como mucho { $count } de 5 estrellas
condition-other = se cumple otra cosa
trial-title = Probar la regla
trial-about = Vea qué habría hecho en el último mes. No se cambia nada.
trial-start = Probar con el último mes
trial-stop = Parar
trial-count = { $looked ->
    [0] No hubo casos en el último mes.
   *[other] Habría tocado { NUMBER($touched) } de { NUMBER($looked) } casos
  }
trial-old = La regla ha cambiado desde entonces. Pruébela otra vez.
trial-refused = { $count ->
    [one] En un caso no habría podido hacer lo que dice.
   *[other] En { NUMBER($count) } casos no habría podido hacer lo que dice.
  }
trial-cut = Hubo más casos de los que se miran; los demás quedan fuera.
trial-cases = { $count ->
    [one] 1 caso
   *[other] { NUMBER($count) } casos
  }
trial-cases-label = Casos que habría tocado
trial-times = { $count ->
    [one] una vez
   *[other] { NUMBER($count) } veces
  }
trial-first = Se muestran los primeros { NUMBER($count) }.


# The transcript, and mails about a case
console-transcript = Transcripción
console-send-transcript = Enviar la transcripción
console-send-again = Enviar de nuevo
console-download = Descargar
console-download-log = Descargar el registro del chat
console-download-txt = Texto
console-download-html = HTML
console-download-pdf = PDF
console-transcript-to = A quién
console-transcript-to-customer = Cliente
console-transcript-to-assignee = Técnico asignado
console-transcript-to-address = Otra dirección
console-transcript-no-customer = No se conoce ninguna dirección de correo
console-transcript-no-assignee = No está asignado a nadie
console-sending-requested = Enviando a { $recipient }
console-sending-requested-text = Cuenta como enviada cuando el servidor de correo la ha aceptado.
console-sending-waiting = Aún no se ha enviado a { $recipient }
console-sending-waiting-text = El servidor de correo no la acepta por el momento. Se volverá a intentar automáticamente durante un día como máximo. Puede cerrar esto: el estado sigue en Correos.
console-sending-accepted = Enviada a { $recipient }
console-sending-accepted-text = El servidor de correo la ha aceptado.
console-sending-failed = No se ha enviado a { $recipient }
console-sending-failed-text = El servidor de correo no la ha aceptado. Revise la dirección o envíela de nuevo.
console-sending-unknown = Puede que haya llegado a { $recipient }
console-sending-unknown-text = La conexión se cortó mientras el servidor de correo la recibía. Para que nadie la reciba dos veces, no se vuelve a enviar automáticamente.
console-mails = Correos
console-mail-acknowledgement = Acuse de recibo
console-mail-transcript = Transcripción
console-mail-survey = Encuesta
console-mail-escalation = Nadie acudió
console-mail-service_level = Nivel de servicio
console-mail-other = Correo
console-mail-follow_up = Correo de un técnico
console-mail-state-requested = Solicitado
console-mail-state-sending = Enviándose
console-mail-state-waiting = Aún no enviado, se vuelve a intentar
console-mail-state-accepted = Enviado
console-mail-state-failed = No enviado
console-mail-no-address = No enviado: no se conoce ninguna dirección de correo
console-mail-state-unknown = Puede que haya llegado: la conexión se cortó

# Who was notified of a case
console-alerts = A quién se avisó
console-alerts-none = No se avisó a nadie.
console-alerts-none-pending = Aún no se ha avisado a nadie: el caso está pendiente.
console-alerts-count = { $count ->
    [0] nadie
    [one] { $count } persona
   *[other] { $count } personas
}
console-alert-kind-waiting = Empezó a esperar
console-alert-kind-waiting-again = Seguía esperando
console-alert-kind-escalated = Nadie acudió: avisados por correo
console-alert-kind-sla-warned = { $what }: vence pronto
console-alert-kind-sla-breached = { $what }: fuera de plazo
console-alerts-told = Avisados: { $names }
console-alerts-mailed = También por correo: { $names }
console-alerts-none-muted = No se avisó a nadie: el caso está silenciado.
console-alerts-none-spam = No se avisó a nadie: el caso está marcado como spam.
console-alerts-not-available = No disponibles: { $names }
console-alerts-not-assignee = Sin el caso asignado: { $names }
console-alerts-no-access = Sin acceso a esta empresa: { $names }
console-alerts-not-active = Ya no están activos: { $names }
console-former-technician = Antiguo técnico

# Settings of the account
console-settings-about = Para todas las personas de { $account }.
console-settings-incoming = Casos entrantes
console-settings-closed = La configuración es para administradores
console-hide-incoming = Ocultar los casos entrantes a los técnicos que no están disponibles
console-hide-incoming-on = Quien no está disponible no ve los casos que esperan a alguien ni recibe avisos de ellos. Sus propios casos continúan.
console-hide-incoming-off = Todos ven y pueden asumir cualquier caso de las empresas a las que tienen acceso. Quien no está disponible sigue sin recibir avisos.

# Ajustes > Asignación
settings-assignment = Asignación
settings-assignment-keywords = automática, rotación, capacidad, carga, reparto

## Console settings: assignment, and other ways of it tried

settings-assignment-about = Los casos en espera pueden repartirse solos: a quien esté disponible, tenga acceso a la empresa y tenga sitio, por turnos.
settings-assignment-portals = Asignación automática
settings-assignment-portals-about = Para cada portal. Lo que se decidió, y por qué, consta en el historial de cada caso.
settings-assignment-on = Los casos nuevos se asignan solos. Siempre se pueden transferir.
settings-assignment-off = No se asigna a nadie: los casos esperan hasta que alguien los toma.
settings-assignment-no-portal = Todavía no hay ningún portal, así que no llega ningún caso.
settings-assignment-sight = Quién ve lo que espera se decide en:
settings-assignment-capacity = Capacidad
settings-assignment-capacity-about = Cuánto se asigna a la vez a cada técnico. Los chats en directo y los demás casos cuentan por separado; lo pospuesto o resuelto no cuenta. A mano se puede tomar más.
settings-assignment-chats = Chats en directo
settings-assignment-cases = Otros casos
settings-assignment-default = Vacío: { $number }, como para todos
settings-assignment-team = Técnicos
settings-assignment-team-about = Lo que tienen ahora, de lo que se les asigna a la vez.
settings-assignment-technician = Técnico
settings-assignment-load = { $load } de { $capacity }
settings-assignment-own = capacidad propia
settings-assignment-edit = Capacidad de { $name }

# Another capacity tried on the last month (N9)
routing-trial-about = Qué se habría decidido en los últimos 30 días con estos números, según quién estaba y cuánto tenía entonces. No cambia nada.
routing-trial-outcome = Decisión
routing-trial-before = Como fue
routing-trial-after = Con estos números
routing-outcome-assigned = Asignado en el acto
routing-outcome-at-capacity = Esperó: nadie tenía sitio
routing-outcome-none-available = Esperó: nadie estaba disponible
routing-outcome-no-access = Esperó: nadie tenía acceso
routing-outcome-gave-back = Esperó: quien estaba libre lo había devuelto
routing-trial-changed = Casos que habrían ido de otro modo
routing-trial-nobody = nadie
routing-trial-instead = { $after } en lugar de { $before }
routing-trial-by-hand = { $count ->
    [one] Un caso se tomó a mano donde nada se asigna automáticamente, tras { $time }. No se sabe quién estaba disponible entonces.
   *[other] { NUMBER($count) } casos se tomaron a mano donde nada se asigna automáticamente, tras { $time } de media. No se sabe quién estaba disponible entonces.
}


# Automatic assignment tried on the last month (S37, N9)
switch-trial-title = Probar la asignación automática
switch-trial-about = Quién habría recibido los casos de los últimos 30 días si hubiera estado activada en este portal: por turnos entre quienes estaban disponibles y tenían sitio, cada caso el tiempo que de verdad se trabajó en él. El acceso y la capacidad son los de hoy. No cambia nada.
switch-trial-portal = Portal
switch-trial-none = En los últimos 30 días no esperó ningún caso en este portal.
switch-trial-waits = { $count ->
    [one] Un caso esperó a alguien.
   *[other] { NUMBER($count) } veces esperó un caso a alguien.
}
switch-trial-given = { $count ->
    [0] Ninguno se habría asignado a nadie.
    [one] Uno se habría asignado a alguien, no en el acto: { NUMBER($later) }.
   *[other] { NUMBER($count) } se habrían asignado a alguien, { NUMBER($later) } de ellos no en el acto.
}
switch-trial-assumed = { $count ->
    [one] En uno no consta quién estaba disponible: de quien no se sabe, se supone que lo estaba. Consta desde { $since }.
   *[other] En { NUMBER($count) } no consta quién estaba disponible: de quien no se sabe, se supone que lo estaba. Consta desde { $since }.
}
switch-trial-assumed-never = { $count ->
    [one] No consta quién estaba disponible: se supone que todos lo estaban.
   *[other] En ninguno consta quién estaba disponible: se supone que todos lo estaban.
}
switch-trial-before = Tomó
switch-trial-after = Habría recibido
switch-trial-wait = Espera media
switch-trial-at-once = ninguna
switch-trial-cases = Quién habría recibido qué caso
switch-trial-instead = { $name } (espera: { $wait }) en lugar de { $before } (espera: { $waited })

# How long a chat rings, and other times tried on the last month (X4, N9)
ringing-title = Cuando nadie acude a un chat
ringing-about = Un chat en directo suena para todos los que están disponibles. Mientras nadie lo tome, vuelve a sonar, y al final se avisa por correo a quienes podrían acudir.
ringing-seconds = Segundos entre dos avisos
ringing-times = Repeticiones
ring-trial-title = Probar los tiempos con el último mes
ring-trial-about = Cuántas veces habrían sonado con estos tiempos los chats de los últimos 30 días. Cada espera cuenta como fue: no se sabe si alguien habría acudido antes. No cambia nada.
ring-trial-none = En los últimos 30 días no esperó ningún chat en directo.
ring-trial-waits = { $count ->
    [one] Un chat en directo esperó a alguien.
   *[other] { NUMBER($count) } chats en directo esperaron a alguien.
}
ring-trial-what = Qué ocurre
ring-trial-before = Como es ahora
ring-trial-chats = Chats que vuelven a sonar
ring-trial-again = Avisos repetidos en total
ring-trial-mailed = Avisados por correo al final
ring-trial-given-up = Dejaron de sonar al final
ring-trial-changed = Chats que habrían sonado de otro modo
ring-trial-waited = esperó { $time }
ring-trial-would-mail = se habría avisado por correo
ring-trial-would-not-mail = no se habría avisado por correo
ring-trial-instead = volvió a sonar: { NUMBER($count) } en lugar de { NUMBER($before) }
audit-ringing-changed = { $by } cambió cuántas veces suena un chat: cada { $seconds } segundos, { $times } veces más

## Console: snooze times

# Snooze times, and others tried on the last month (S36, N9)
settings-snoozing = Posponer
settings-snoozing-keywords = posponer, mañana, próxima semana, respuesta, aplazar

## Console settings: snooze times, and others tried

settings-snoozing-about = Cuándo vuelve un caso pospuesto, según el reloj de quien lo pospone. Un mensaje del cliente lo trae de vuelta en cualquier momento.
snooze-days = Mañana y la próxima semana
snooze-days-about = Un caso pospuesto a un día vuelve por la mañana. Lo que ya está pospuesto queda como está.
snooze-morning = La mañana empieza a las
snooze-weekday = La próxima semana significa
snooze-reply = La próxima respuesta
snooze-reply-about = A un cliente que no vuelve a escribir se le olvida fácilmente. Pasados estos días, el caso vuelve de todos modos.
snooze-limit = Esperar una respuesta
snooze-limit-ever = Sin límite
snooze-limit-days = Unos días como máximo
snooze-reply-days = Días
snooze-trial-about = Cuándo habrían vuelto con este formulario los casos pospuestos de los últimos 30 días. Lo que se hizo cuando un caso había vuelto no cuenta, porque se habría hecho más tarde. No cambia nada.
snooze-trial-none = En los últimos 30 días no se pospuso ningún caso.
snooze-trial-ending = Qué terminó la espera
snooze-trial-after = Con este formulario
snooze-trial-slept = Pospuesto de media
snooze-ending-reply = El cliente escribió
snooze-ending-due = Llegó la hora
snooze-ending-technician = Alguien siguió antes
snooze-ending-asleep = Sigue pospuesto
snooze-trial-concluded = { $count ->
    [one] En un caso no consta qué se eligió: se deduce de la hora, en su zona horaria.
   *[other] En { NUMBER($count) } casos no consta qué se eligió: se deduce de la hora, en su zona horaria.
}
snooze-trial-changed = Casos que habrían vuelto de otro modo
snooze-trial-since = pospuesto { $at }
snooze-trial-instead = { $after } (en realidad: { $before })
snooze-trial-asleep = sigue pospuesto
snooze-back-due = vuelve { $at }
snooze-back-reply = vuelve { $at } por una respuesta
snooze-back-technician = vuelve { $at } a mano
audit-snoozing-changed = { $by } cambió cuándo vuelven los casos pospuestos

## Console: mails that came in

# Mails that came in
mailed-from = Correo de { $name }
mailed-automatic = Lo escribió una máquina: el caso no se ha reabierto por ello
mailed-other-sender = No es la dirección del cliente: compruebe quién escribió antes de responder
mailed-no-text = Este correo no contiene texto.
mailed-files = Archivos de este correo
mailed-file-unnamed = Archivo sin nombre
mailed-original = Mostrar original
mailed-original-title = El correo tal como llegó
mailed-original-cut = Solo se muestra el principio; guárdelo para tenerlo entero.
mailed-save = Guardar como archivo


# Ajustes > Portales de clientes
settings-portals = Portales de clientes
settings-portals-keywords = portal, dirección, subdominio, empresa, página de chat

## Console settings: customer portals

error-subdomain-invalid = Un subdominio tiene de 3 a 40 letras de la a a la z, cifras o guiones sueltos en medio.
error-subdomain-reserved = El subdominio { $subdomain } está reservado. Elija otro, por favor.
error-subdomain-taken = El subdominio { $subdomain } ya está ocupado. Elija otro, por favor.
error-mail-address-taken = Otro portal recibe su correo en { $address }. Elija otra dirección, por favor.
settings-portals-about = Donde los clientes se ponen en contacto con usted. Cada empresa tiene un portal como máximo.
settings-portals-none = Todavía no hay ningún portal
settings-portals-none-text = En un portal, los clientes chatean y dejan solicitudes. Cree el primero y abra su dirección.
settings-portal-edit = Portal de clientes
settings-portal-company = Empresa
settings-portal-new-company = Empresa nueva
settings-portal-company-name = Nombre de la empresa
settings-portal-company-hint = Los clientes lo ven. Todas las personas de su cuenta tienen acceso a una empresa nueva.
settings-portal-subdomain = Subdominio
settings-portal-address = La dirección es { $base } seguida del subdominio.
settings-portal-free = Puede usar { $url }
settings-portal-moved = Los enlaces a la dirección antigua dejan de funcionar. No se da a nadie más, para que nadie responda en su lugar.
settings-portal-mail = Dirección de correo propia
settings-portal-mail-hint = Los clientes escriben ahí y su servidor de correo lo reenvía al escritorio. Déjela vacía si no hay ninguna.
settings-portal-state = Estado
settings-portal-active = Activo
settings-portal-inactive = Inactivo
settings-portal-active-means = Los clientes pueden chatear mientras haya alguien disponible y, si no, dejar solicitudes.
settings-portal-inactive-means = A los clientes se les dice que el servicio no está disponible y no pueden enviar nada.
settings-portal-copy = Copiar la dirección de { $name }
settings-portal-open = Abrir el portal de { $name } en una pestaña nueva

## Console: names of settings

# Operations: how the desk is, for administrators

operations-title = Operaciones

## Console settings: operations

operations-about = Cómo está el servicio en este momento y qué no se pudo procesar.
operations-look-again = Volver a mirar
operations-unknown = No se conoce por el momento
operations-live = El servicio ahora
operations-waiting = Esperan a un técnico
operations-longest-wait = El que más, desde hace
operations-nobody-waits = Nadie espera
operations-live-chats = Chats en vivo
operations-live-waiting =
    { $count ->
        [0] Todos con un técnico
        [one] Uno de ellos sin técnico
       *[other] { $count } de ellos sin técnico
    }
operations-available = Técnicos disponibles
operations-of-technicians = de { $count }
operations-today = Nuevos hoy
operations-today-note = Casos desde la medianoche
operations-services = Servicios
operations-services-about = Cada parte de Deskbus y cuánto le falta de los eventos que lee.
operations-service-portal = Cuentas y páginas
operations-service-chat = Conversaciones
operations-service-cases = Casos
operations-service-notify = Avisos y correo
operations-service-transcripts = Transcripciones
operations-health-ready = Listo
operations-health-limited = Limitado
operations-health-not-ready = No está listo
operations-health-away = Ausente
operations-health-asking = Preguntando
operations-away = No responde. Los demás servicios siguen sin él, y se pone al día cuando vuelve.
operations-instance = Según { $instance }
operations-reads = Lo que lee
operations-reads-all = Ha leído todo
operations-trouble-database = Su base de datos no responde. No se pierde nada; continúa por sí solo cuando vuelva.
operations-trouble-broker = Kafka no responde. No se pierde nada; continúa por sí solo cuando vuelva.
operations-trouble-bus = No puede procesar eventos por el momento.
operations-trouble-directory = Aún está leyendo el directorio de personas y portales.
operations-trouble-keyring = Aún está leyendo las claves de datos.
operations-trouble-log = No puede seguir el registro de conversaciones, así que los mensajes esperan.
operations-trouble-broadcasts = Las consolas no reciben los cambios por el momento.
operations-trouble-mailbox = No se puede leer el buzón del que se recoge el correo. Los correos esperan allí y llegarán cuando se pueda.
operations-trouble-other = Falta algo que necesita: { $check }.
operations-lag-idle = Al día
operations-lag-moving =
    { $count ->
        [one] Un evento de retraso, recuperando
       *[other] { $count } eventos de retraso, recuperando
    }
operations-lag-waiting =
    { $count ->
        [0] Espera { $what }
        [one] Un evento de retraso, espera { $what }
       *[other] { $count } eventos de retraso, espera { $what }
    }
operations-lag-still =
    { $count ->
        [one] Un evento de retraso, sin avanzar desde hace { $seconds } s
       *[other] { $count } eventos de retraso, sin avanzar desde hace { $seconds } s
    }
operations-waits-database = la base de datos
operations-waits-broker = a Kafka
operations-waits-key = una clave de datos
operations-waits-secret = el secreto con el que se hicieron sus claves
operations-waits-directory = el directorio
operations-waits-other = algo que no está
operations-dead = Eventos no procesados
operations-dead-about = Eventos que no se pudieron procesar. Se apartan para que el servicio continúe; cuando la causa esté resuelta, repítalos. Nada tiene efecto dos veces.
operations-none = No hay eventos sin procesar
operations-none-about = Todos los eventos se pudieron procesar. El que no se pueda aparece aquí en segundos, con su motivo.
operations-none-known = Ningún evento apartado donde se pudo preguntar
operations-none-away = Un servicio no responde. Lo que no pudo tratar aparecerá aquí cuando vuelva.
operations-none-match = Ningún evento coincide con el filtro
operations-filter-service = Servicio
operations-filter-reason = Motivo
operations-every-service = Todos los servicios
operations-every-reason = Todos los motivos
operations-reason-unreadable = No se puede leer
operations-reason-failed = Falló al procesarse
operations-type-unknown = Evento desconocido
operations-replay = Repetir
operations-replay-named = Repetir { $type }
operations-replay-all = Repetir todos
operations-replay-progress = Progreso de la repetición
operations-replaying = Repitiendo: { $done } de { $total } hechos.
operations-replayed =
    { $count ->
        [one] El evento se procesó.
       *[other] Los { $count } eventos se procesaron.
    }
operations-replayed-failed = { $handled } procesados. { $failed } fallaron de nuevo y aparecen con el nuevo motivo.
operations-replayed-nothing = No quedaba nada que repetir.
operations-being-replayed = Repitiéndose
operations-replay-waits = Espera { $what }
operations-more = Se muestran los { $shown } más recientes de { $total }. Repetir todos incluye los demás, hasta 1000 a la vez.
operations-fact-reason = Motivo
operations-fact-tries = Intentos
operations-fact-service = Servicio
operations-fact-place = Lugar
operations-fact-key = Clave
operations-fact-size = Tamaño
operations-fact-written = Escrito
operations-fact-died = Apartado
operations-bytes =
    { $count ->
        [one] Un byte
       *[other] { $count } bytes
    }
operations-content = Contenido
operations-content-unknown = Nadie puede saber qué es personal en este evento, por eso no se muestra su contenido.
operations-sealed = Lo personal permanece sellado y no se muestra.
operations-replays = Repeticiones anteriores
operations-outcome-done = procesado
operations-outcome-parked = espera un evento anterior
operations-outcome-skipped = omitido
operations-outcome-failed = falló de nuevo

# Settings: the frame and the parts that sections have in common
settings-group-you = Usted
settings-group-account = Cuenta
settings-group-cases = Casos
settings-group-integrations = Integraciones
settings-group-operations = Operación
settings-unknown = Esta sección no existe
settings-deleted = { $name } se ha eliminado.
settings-edit-named = Editar { $name }
settings-delete-named = Eliminar { $name }

## Console: preferences

settings-saved = Guardado
settings-unsaved = Sin guardar
settings-discarded = Se han descartado sus cambios.
settings-preferences = Preferencias
settings-preferences-about = Cómo se ve y cómo suena la consola para usted.
settings-look = Idioma y apariencia
settings-language-note = Para usted, en este navegador. Los clientes y los compañeros conservan el suyo.
settings-sound-on = Un tono suave para un mensaje y otro más fuerte para un cliente que espera.
settings-sound-off = La consola permanece en silencio.
settings-incoming-sight = Quién los ve

## Console: the audit log

audit-log = Registro de auditoría
audit-keywords = quién hizo qué y cuándo, historial, cumplimiento

## Console settings: the audit log

audit-about = Quién hizo qué, cuándo y desde dónde. Nombra a técnicos y números de caso, y nada de lo que escribieron los clientes.
audit-export-csv = Exportar CSV
audit-export-json = Líneas JSON
audit-by = Por
audit-everybody = Todos
audit-about-what = Sobre
audit-everything = Todo
audit-since = Desde
audit-until = Hasta
audit-older = Mostrar anteriores
audit-none = No se encontró nada
audit-none-text = No se hizo nada que coincida. Elija otra fecha u otra persona.
audit-group-sessions = Inicios de sesión
audit-group-people = Personas y permisos
audit-group-settings = Configuración
audit-group-cases = Casos
audit-group-exports = Exportaciones y transcripciones
audit-group-keys = Claves de API
audit-via-api = con clave de API
audit-when = Hora
audit-action = Código
audit-by-id = Por (id)
audit-case-id = Caso (id)
audit-address = Dirección
audit-browser = Navegador
audit-yes = sí
audit-no = no
audit-the-desk = Deskbus
audit-somebody = Alguien
audit-other = { $by }: { $action } { $subject }
audit-field-actions = Acciones
audit-field-active = Puede iniciar sesión
audit-field-added = Añadido
audit-field-all-companies = Todas las empresas
audit-field-automatic = Asignación automática
audit-field-available = Disponible
audit-field-away-at = Ausencia detectada
audit-field-away-since = Última presencia
audit-field-cases = Otros casos
audit-field-chats = Chats en directo
audit-field-choice = Pospuesto hasta
audit-field-colour = Color
audit-field-companies = Empresas
audit-field-company-id = Empresa
audit-field-conditions = Condiciones
audit-field-created-at = Creación
audit-field-created-by = Creada por
audit-field-email = Correo electrónico
audit-field-expires-at = Caduca
audit-field-fields = Cambiado
audit-field-form = Formato
audit-field-from-id = Hasta entonces con
audit-field-grace = Espera a una página cerrada
audit-field-greeting = Saludo
audit-field-hide-incoming = Ocultar casos entrantes
audit-field-hint = Empieza por
audit-field-holidays = Festivos
audit-field-hours = Horario
audit-field-into-number = Caso nuevo
audit-field-last-used-from = Usada por última vez desde
audit-field-macro-id = Macro
audit-field-mail-address = Dirección de correo
audit-field-mentions = Mencionados
audit-field-merged = Contacto fusionado
audit-field-minutes = Después de
audit-field-morning = La mañana empieza a las
audit-field-name = Nombre
audit-field-names = Orden
audit-field-not-before = Sesiones cerradas
audit-field-offer-after = Se ofrece una solicitud tras
audit-field-on = Activada
audit-field-password-hash = Contraseña
audit-field-rate-per-minute = Solicitudes por minuto
audit-field-reason = Motivo
audit-field-removed = Quitado
audit-field-reply-days = Espera una respuesta
audit-field-retired = Eliminada
audit-field-revoked-at = Revocada
audit-field-role = Rol
audit-field-scopes = Permisos
audit-field-seconds = Suena cada
audit-field-secret-hash = Secreto
audit-field-shared = Para todos
audit-field-sound = Sonido
audit-field-state = Estado
audit-field-subdomain = Subdominio
audit-field-survey = Encuesta
audit-field-technician-id = Técnico
audit-field-times = Vuelve a sonar
audit-field-to = Enviada a
audit-field-trigger = Cuando
audit-field-warn-percent = Aviso
audit-field-weekday = La próxima semana significa
audit-field-zone = Zona horaria
audit-value-choice-next-week = la próxima semana
audit-value-choice-reply = la próxima respuesta
audit-value-choice-time = una hora elegida
audit-value-choice-tomorrow = mañana
audit-value-email-optional = se pregunta
audit-value-email-required = es obligatorio
audit-value-form-csv = CSV
audit-value-form-html = HTML
audit-value-form-jsonl = líneas JSON
audit-value-form-pdf = PDF
audit-value-form-txt = Texto
audit-value-reason-away = estaba ausente
audit-value-reason-customer = el cliente dejó de esperar
audit-value-reason-due = llegó la hora
audit-value-reason-gone = el cliente cerró la página
audit-value-reason-reply = el cliente escribió
audit-value-reason-technician = se abrió a mano
audit-value-role-administrator = Administrador
audit-value-role-technician = Técnico
audit-value-state-active = Activo
audit-value-state-inactive = Inactivo
audit-value-to-address = otra dirección
audit-value-to-assignee = el técnico responsable
audit-value-to-customer = el cliente
audit-subject-id = Sobre (id)
audit-from = de
audit-to = a
audit-hidden = cambiado, no se muestra
audit-of-priority = { $what }, prioridad { $priority }
audit-seconds = { $count ->
    [one] un segundo
   *[other] { $count } segundos
}
audit-days = { $count ->
    [one] un día como máximo
   *[other] { $count } días como máximo
}
audit-session-opened = { $by } inició sesión
audit-session-closed = { $by } cerró sesión
audit-session-closed-everywhere = { $by } cerró sesión en todas partes
audit-session-refused = Falló un inicio de sesión como { $by }
audit-session-copied = Se rechazó y cerró una sesión copiada de { $by }
audit-technician-created = { $by } añadió al técnico { $subject }
audit-technician-changed = { $by } modificó al técnico { $subject }
audit-technician-available = { $subject } está disponible
audit-technician-away = { $subject } ya no está disponible
audit-account-changed = { $by } modificó los ajustes de la cuenta
audit-company-created = { $by } añadió la empresa { $subject }
audit-company-changed = { $by } modificó la empresa { $subject }
audit-portal-created = { $by } añadió el portal { $subject }
audit-portal-changed = { $by } modificó el portal { $subject }
audit-label-created = { $by } añadió la etiqueta { $title }
audit-label-changed = { $by } modificó la etiqueta { $title }
audit-label-retired = { $by } eliminó la etiqueta { $title }
audit-macro-created = { $by } creó la macro { $name }
audit-macro-changed = { $by } cambió la macro { $name }
audit-macro-deleted = { $by } eliminó la macro { $name }
audit-case-macro-applied = { $by } aplicó una macro al caso { $number }
audit-rule-created = { $by } creó la regla { $name }
audit-rule-changed = { $by } cambió la regla { $name }
audit-rule-switched = { $by } activó o desactivó la regla { $name }
audit-rule-switched-on = { $by } activó la regla { $name }
audit-rule-switched-off = { $by } desactivó la regla { $name }
audit-rule-ordered = { $by } cambió el orden de las reglas
audit-rule-deleted = { $by } eliminó la regla { $name }
audit-assignment-switched = { $by } cambió la asignación automática de { $portal }
audit-assignment-begun = { $by } activó la asignación automática de { $portal }
audit-assignment-ended = { $by } desactivó la asignación automática de { $portal }
audit-assignment-capacity-changed = { $by } fijó cuánto se asigna a cada persona: { $chats ->
    [one] un chat
   *[other] { $chats } chats
} y { $cases ->
    [one] otro caso
   *[other] { $cases } otros casos
}
audit-assignment-technician-changed = { $by } cambió cuánto se asigna a { $technician }
audit-case-routed = El sistema decidió quién recibe el caso { $number }
audit-sla-changed = { $portal ->
    [default] { $by } cambió el nivel de servicio de todos los portales
   *[other] { $by } cambió el nivel de servicio de { $portal }
}
audit-sla-removed = { $portal ->
    [default] { $by } quitó el nivel de servicio de todos los portales
   *[other] { $by } quitó el nivel de servicio de { $portal }
}
audit-api-key-created = { $by } creó la clave de API { $subject }
audit-api-key-changed = { $by } modificó o revocó la clave de API { $subject }
audit-api-key-revoked = { $by } revocó la clave de API { $subject }
audit-api-key-used = { $count ->
    [one] La clave de API { $subject } se usó una vez ese día
   *[other] La clave de API { $subject } se usó { $count } veces ese día
  }
audit-audit-exported = { $by } exportó el registro de auditoría
audit-transcript-downloaded = { $by } descargó la transcripción del caso { $number }
audit-transcript-sent = { $by } envió por correo la transcripción del caso { $number }
audit-case-opened = { $by } abrió el caso { $number }
audit-case-described = { $by } describió el caso { $number }
audit-case-ready = { $by } preparó el caso { $number }
audit-case-contact-changed = { $by } modificó el contacto del caso { $number }
audit-case-requested = { $by } convirtió el caso { $number } en solicitud
audit-case-assigned = { $by } asignó el caso { $number }
audit-case-transferred = { $by } transfirió el caso { $number }
audit-case-resolved = { $by } resolvió el caso { $number }
audit-case-reopened = { $by } reabrió el caso { $number }
audit-case-pending = { $by } dejó pendiente el caso { $number }
audit-case-snoozed = { $by } pospuso el caso { $number }
audit-case-woken = { $by } reactivó el caso { $number }
audit-case-labelled = { $by } cambió las etiquetas del caso { $number }
audit-case-contact-linked = { $by } cambió si el cliente del caso { $number } está verificado
audit-case-split = { $by } hizo otro caso a partir del caso { $number }
audit-case-merged = { $by } combinó el caso { $number } con otro
audit-case-unmerged = { $by } deshizo la combinación del caso { $number }
audit-case-absorbed = { $by } combinó otro caso con el caso { $number }
audit-case-released = { $by } sacó del caso { $number } un caso combinado
audit-contact-changed = { $by } editó un contacto
audit-contact-merged = { $by } combinó dos contactos
audit-case-edited = { $by } editó el caso { $number }
audit-case-noted = { $by } escribió una nota en el caso { $number }
audit-case-followed-up = { $by } escribió un correo en el caso { $number }
audit-case-follow-up-changed = Novedades de un correo del caso { $number }
audit-case-heard = { $by } tuvo noticias del cliente del caso { $number }
audit-case-mailed = { $by } escribió por correo en el caso { $number }
audit-case-sla-warned = Un compromiso del caso { $number } vence pronto
audit-case-sla-breached = Un compromiso del caso { $number } no se cumplió
audit-case-sla-changed = Cambiaron los plazos del caso { $number }
audit-case-answered = { $by } respondió en el caso { $number }
audit-case-restored = { $by } deshizo un cambio del caso { $number }
audit-case-chat-ended = { $by } terminó el chat del caso { $number }
audit-case-survey-answered = { $by } respondió la encuesta del caso { $number }
audit-conversation-message-deleted = { $by } eliminó un mensaje del caso { $number }
audit-case-deleted = { $by } eliminó el caso { $number }

## Console: API keys

api-keys = Claves de API
api-keys-keywords = REST, integración, token
api-keys-about = Con una clave un programa usa la interfaz REST: para las empresas y con los permisos que usted elija.
api-keys-none = Aún no hay claves de API
api-keys-none-text = Cree una para cada programa, así podrá revocarla por separado.
api-docs = Documentación de la interfaz REST
api-key-new = Nueva clave de API

## Console settings: an API key

api-key-create = Crear clave
api-key-name = Nombre
api-key-name-hint = El programa que la usará. Lo que haga la clave se muestra con este nombre.
api-key-scopes = Puede
api-key-companies = Para
api-key-rate = Solicitudes por minuto
api-key-rate-hint = En cada servicio, hasta { $most }.
api-key-lasts = Válida durante
api-key-days = { $days ->
    [one] { $days } día
   *[other] { $days } días
  }
api-key-for-ever = Sin fin
api-key-created = Clave creada
api-key-once = Cópiela ahora: no se volverá a mostrar.
api-key-secret = Secreto de la clave
api-key-copy = Copiar
api-key-copied = Copiada
api-key-done = Listo
api-key-revoke = Revocar
api-key-revoke-title = Revocar { $name }
api-key-revoke-text = Los programas que usan esta clave dejarán de funcionar de inmediato. No se puede deshacer.
api-key-used = { $count ->
    [one] Usada una vez, la última
   *[other] Usada { $count } veces, la última
  }
api-key-unused = Aún sin usar
api-key-until = válida hasta el { $date }
api-key-revoked = Revocada
api-key-expired = Caducada
api-scope-cases-read = Leer casos
api-scope-cases-write = Modificar casos
api-scope-conversations-read = Leer conversaciones
api-scope-conversations-write = Escribir en conversaciones
api-scope-transcripts-read = Descargar transcripciones
api-scope-transcripts-write = Enviar transcripciones por correo
api-scope-notifications-read = Ver a quién se notificó
api-scope-team-read = Ver la lista de técnicos
api-scope-audit-read = Leer y exportar el registro de auditoría
api-scope-administer = Administrar la cuenta
api-key-reach-all = Todas las empresas, también las futuras
api-key-reach-some = Solo algunas
api-key-which = Cuáles
api-key-account-hint = El registro de auditoría y la propia cuenta son para claves de todas las empresas.
api-key-administers = Con esta clave un programa puede lo mismo que los administradores: modificar ajustes, portales y reglas, y eliminar casos para siempre. No puede crear claves ni cambiar el inicio de sesión de nadie. Guárdela como su propia contraseña.
api-key-of-all = Todas las empresas

## Console: parts that come later, and commands

console-part-missing = Esta parte no se ha podido cargar
console-part-missing-text = Puede que no haya conexión o que haya una versión más reciente de Deskbus. Lo que haya escrito en otra parte se conserva.
console-read-again = Volver a cargar la página

# Several cases at once
console-choose = Elegir el caso n.º { $number } de { $name }
command-choose = Elegir el caso para actuar sobre varios
command-choose-range = Elegir todos hasta este caso
command-choose-all = Elegir todos los casos cargados
many-chosen-label = Casos elegidos
many-chosen = { $count ->
    [one] Un caso elegido
   *[other] { NUMBER($count) } casos elegidos
}
many-under-way = { NUMBER($done) } de { NUMBER($total) } hechos
many-more = Más
many-clear = No elegir ninguno
many-assign = { $count ->
    [0] No se ha asignado ningún caso.
    [one] Un caso es ahora suyo.
   *[other] { NUMBER($count) } casos son ahora suyos.
}
many-resolve = { $count ->
    [0] No se ha resuelto ningún caso.
    [one] Se ha resuelto un caso.
   *[other] Se han resuelto { NUMBER($count) } casos.
}
many-reopen = { $count ->
    [0] No se ha reabierto ningún caso.
    [one] Un caso está abierto de nuevo y es suyo.
   *[other] { NUMBER($count) } casos están abiertos de nuevo y son suyos.
}
many-open = { $count ->
    [0] No se ha abierto ningún caso.
    [one] Un caso está abierto y es suyo.
   *[other] { NUMBER($count) } casos están abiertos y son suyos.
}
many-undone = { $count ->
    [0] Ningún caso se ha devuelto a su estado.
    [one] Un caso está como antes.
   *[other] { NUMBER($count) } casos están como antes.
}
many-transfer = { $count ->
    [0] No se ha transferido ningún caso.
    [one] Se ha transferido un caso.
   *[other] Se han transferido { NUMBER($count) } casos.
}
many-snooze = { $count ->
    [0] No se ha pospuesto ningún caso.
    [one] Se ha pospuesto un caso.
   *[other] Se han pospuesto { NUMBER($count) } casos.
}
many-pending = { $count ->
    [0] No se ha marcado ningún caso como pendiente.
    [one] Un caso está pendiente.
   *[other] { NUMBER($count) } casos están pendientes.
}
many-changed = { $count ->
    [0] No se ha cambiado ningún caso.
    [one] Se ha cambiado un caso.
   *[other] Se han cambiado { NUMBER($count) } casos.
}
many-moved-on = { $count ->
    [one] Uno había cambiado entretanto.
   *[other] { NUMBER($count) } habían cambiado entretanto.
}
many-failed = { $count ->
    [one] Uno no se ha podido cambiar.
   *[other] { NUMBER($count) } no se han podido cambiar.
}
many-live-left = { $count ->
    [one] Uno es un chat en vivo y se termina por separado, no con otros.
   *[other] { NUMBER($count) } son chats en vivo y se terminan uno por uno.
}
many-left = { $count ->
    [one] Uno se ha dejado como está.
   *[other] { NUMBER($count) } se han dejado como están.
}

# Commands: the palette, the help and the keys
console-palette = Comandos
console-palette-placeholder = ¿Qué desea hacer?
console-copied = Copiado: { $text }
console-not-copied = El navegador no permite copiar. Cópielo a mano: { $text }
command-button = Comandos
command-back = Volver a todos los comandos
command-current = elegido
command-none = Nada se llama «{ $query }».
command-nothing = No hay nada que elegir.
command-macro-none = Todavía no hay ninguna macro. Los administradores las crean en Configuración, Macros.
command-label-none = Todavía no hay ninguna etiqueta. Las etiquetas se crean en Configuración.
command-saved-none = Todavía no hay ningún filtro guardado. Limite una lista y guárdela con un nombre.
command-count = { $count ->
    [one] { $count } comando
   *[other] { NUMBER($count) } comandos
}
command-group-recent = Usados hace poco
command-group-case = Caso
command-group-go = Ir a
command-group-status = Estado
command-group-look = Apariencia
command-group-help = Ayuda y sesión
command-show-details = Mostrar u ocultar los detalles
command-device = Información del dispositivo del cliente
command-mail-words = escribir responder contestar correo
command-copy-link = Copiar el enlace al caso
command-copy-number = Copiar el número del caso
command-copy-email = Copiar el correo del cliente
command-become-unavailable = Dejar de estar disponible
command-status-words = estado pausa descanso ausente ocupado
command-sound-off = Desactivar el sonido
command-theme = Cambiar la apariencia
command-theme-words = tema colores oscuro claro noche modo
command-language = Cambiar el idioma
command-language-words = idioma english deutsch español
command-not-available = { $name } (no disponible)
command-pending = Marcar como pendiente

# Paneles, listas y filtros con el teclado
command-group-list = Lista
command-group-contact = Contacto
command-reply = Escribir una respuesta
command-note = Escribir una nota privada
command-reply-words = escribir responder mensaje nota comentario
command-pane-list = Ir a la lista
command-pane-conversation = Ir a la conversación
command-pane-details = Ir a los detalles
command-pane-next = Panel siguiente
command-pane-previous = Panel anterior
command-pane-words = panel columna foco
command-filter = Acotar la lista
command-filter-words = filtro buscar solo mostrar etiqueta prioridad técnico
command-filter-clear = Quitar el filtro
command-sort = Ordenar la lista
command-sort-turn = Invertir el orden de la lista
command-saved = Abrir un filtro guardado
command-filter-rename = Cambiar el nombre de un filtro guardado
command-filter-delete = Eliminar un filtro guardado
command-travel-words = historial pasado tiempo antes
filter-rename = Cambiar nombre
console-key-palette = Abrir los comandos

# Keyboard shortcuts
console-keyname-control = Ctrl
console-keyname-shift = Mayús
console-key-move = recorrer los casos
console-key-next = Caso siguiente
console-key-previous = Caso anterior
console-key-close = Cerrar lo que está abierto o dejar de escribir
console-key-help = Mostrar esta ayuda
