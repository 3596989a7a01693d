/// The fields, validators and widgets of HTML forms, as WTForms has them.
enum RoostForms {}
