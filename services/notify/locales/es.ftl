# The mails that notify writes itself.

acknowledgement-subject = Hemos recibido su solicitud { $number }
acknowledgement-greeting = Hola, { $name }:
acknowledgement-received = Gracias por escribirnos. Su solicitud ha llegado y tiene el número
acknowledgement-next = Alguien de { $company } le responderá por correo electrónico a esta dirección. Mientras tanto no tiene que hacer nada.
acknowledgement-written = Lo que usted escribió
acknowledgement-footer = Este mensaje se envió automáticamente por su solicitud en { $address }.
