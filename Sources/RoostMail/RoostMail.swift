/// Messages and their delivery over SMTP.
enum RoostMail {}
