# Transcripciones, tal como las archivan y leen los clientes y los técnicos.

title = Transcripción del caso { $number }
file-name = transcripcion-{ $number }

# Los datos que encabezan la conversación
fact-company = Empresa
fact-portal = Recibido en
fact-customer = Cliente
fact-technicians = Técnicos
fact-assignee = Asignado a
fact-began = Inicio
fact-ended = Fin
fact-resolved = Resuelto
fact-messages = Mensajes
zone-note = Todas las horas: { $zone } ({ $name }).
zone-note-nowhere = Todas las horas: { $name }.
produced = Generado por Deskbus el { $time }
page = Página { $page } de { $pages }

# Quién habla
somebody = Técnico
automatic = Mensaje automático
unnamed-customer = Cliente
remark-late = enviado después del fin del chat
remark-request = solicitud de soporte
remark-call = anotado de una llamada
unnamed-sender = Remitente desconocido
remark-mail = correo: «{ $subject }»
remark-mail-untitled = correo
remark-automatic = redactado automáticamente
remark-undelivered = no entregado
mail-empty = (Este correo no tiene texto.)

# Mensajes automáticos
bot-greeting = Hola. Gracias por su mensaje. Un técnico le atenderá enseguida.
bot-ask_email = ¿Cuál es su dirección de correo electrónico?
bot-ask_email_why = Con ella podemos responderle aunque tenga que irse.
bot-email_thanks = Gracias. Usaremos esta dirección si no le encontramos aquí.

# Qué ocurrió
deleted = { $name } eliminó este mensaje
opened = { $customer } inició el chat
joined = { $name } se unió al chat
taken = { $name } se hizo cargo de la solicitud
resolved = { $name } marcó el caso como resuelto
reopened = { $name } volvió a abrir el caso
reopened-by-message = Un mensaje del cliente volvió a abrir el caso
transferred = El caso se traspasó a { $name }
queued = El caso volvió a la cola
contact = { $customer } indicó la dirección de correo { $email }
ended-customer = { $customer } finalizó el chat
ended-technician = { $name } finalizó el chat
ended-resolved = El chat finalizó porque el caso se resolvió
ended-request = El chat finalizó porque el cliente envió en su lugar una solicitud de soporte
ended-gone = El chat finalizó porque se cerró la página del cliente

# En un correo
mail-subject = Transcripción del caso { $number } – { $company }
mail-intro-customer = Aquí tiene la transcripción de su conversación con { $company } que ha solicitado.
mail-intro-customer-sent = { $company } le envía la transcripción de su conversación.
mail-intro-staff = Aquí tiene la transcripción del caso { $number } que ha solicitado.
mail-intro-address = { $company } le envía la transcripción del caso { $number }.
mail-cut = Esta conversación es demasiado larga para un solo correo. A continuación figura la parte más reciente; faltan { $left } entradas anteriores. La transcripción completa puede descargarse en Deskbus.
