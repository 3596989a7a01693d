extension FormTemplates {
    /// Macros that write a form for Bootstrap 3 and work with any stylesheet: groups are `<div class="form-group">`,
    /// those with errors also `has-error`, and each error is a `<p class="help-block">`.
    static let macros = """
        {#- hiddens: true for the errors of all fields, 'only' for those of hidden ones, false for those of the others. -#}
        {% macro form_errors(form, hiddens=true) %}
          {%- for name, errors in form.errors.items() %}
            {%- set is_hidden = name == '' or form[name].flags.hidden %}
            {%- if hiddens is sameas true or (hiddens == 'only' and is_hidden) or (not hiddens and not is_hidden) %}
              {%- for error in errors %}
        <p class="error">{{ error }}</p>
              {%- endfor %}
            {%- endif %}
          {%- endfor %}
        {%- endmacro %}

        {#- Label, element, errors and description, in columns when the form is horizontal. -#}
        {% macro _below(field, form_type, horizontal_columns) %}
          {%- if field.errors %}
            {%- for error in field.errors if error is string %}
            <p class="help-block">{{ error }}</p>
            {%- endfor %}
          {%- elif field.description %}
            <p class="help-block">{{ field.description | safe }}</p>
          {%- endif %}
        {%- endmacro %}

        {% macro _column(form_type, horizontal_columns) %}
          {%- if form_type == 'horizontal' %}col-{{ horizontal_columns[0] }}-{{ horizontal_columns[2] }}{% endif %}
        {%- endmacro %}

        {% macro form_field(field, form_type='basic', horizontal_columns=('lg', 2, 10), button_map={}) %}
          {%- set offset = 'col-' ~ horizontal_columns[0] ~ '-offset-' ~ horizontal_columns[1] %}
          {%- set column = _column(form_type, horizontal_columns) %}
          {%- if field.type == 'BooleanField' %}
            {%- if form_type == 'horizontal' %}<div class="form-group"><div class="{{ offset }} {{ column }}">{% endif %}
        <div class="checkbox{% if field.errors %} has-error{% endif %}">
          <label>{{ field(**kwargs) }} {{ field.label.text }}</label>
          {{- _below(field, form_type, horizontal_columns) }}
        </div>
            {%- if form_type == 'horizontal' %}</div></div>{% endif %}
          {%- elif field.type == 'RadioField' %}
            {%- for item in field %}
        <div class="radio{% if field.errors %} has-error{% endif %}">
          <label>{{ item }} {{ item.label.text }}</label>
        </div>
            {%- endfor %}
            {{- _below(field, form_type, horizontal_columns) }}
          {%- elif field.type == 'SubmitField' %}
            {%- set style = 'btn btn-' ~ button_map.get(field.name, 'default') %}
            {%- if form_type == 'horizontal' %}<div class="form-group"><div class="{{ offset }} {{ column }}">{% endif %}
        {{ field(class=style, **kwargs) }}
            {%- if form_type == 'horizontal' %}</div></div>{% endif %}
          {%- elif field.type == 'FormField' %}
        <fieldset>
          <legend>{{ field.label.text }}</legend>
          {%- for item in field if not item.flags.hidden %}
            {{- form_field(item, form_type, horizontal_columns, button_map) }}
          {%- endfor %}
          {%- for item in field if item.flags.hidden %}{{ item }}{% endfor %}
        </fieldset>
          {%- else %}
        <div class="form-group{% if field.errors %} has-error{% endif %}{% if field.flags.required %} required{% endif %}">
          {%- if form_type == 'inline' %}
          {{ field.label(class='sr-only') }}
          {{ field(class='form-control', placeholder=field.label.text, **kwargs) }}
          {%- elif form_type == 'horizontal' %}
          {{ field.label(class='control-label col-' ~ horizontal_columns[0] ~ '-' ~ horizontal_columns[1]) }}
          <div class="{{ column }}">{{ field(class='form-control', **kwargs) if field.type not in ['FileField', 'MultipleFileField'] else field(**kwargs) }}
            {{- _below(field, form_type, horizontal_columns) }}</div>
          {%- else %}
          {{ field.label(class='control-label') }}
          {{ field(class='form-control', **kwargs) if field.type not in ['FileField', 'MultipleFileField'] else field(**kwargs) }}
          {%- endif %}
          {%- if form_type != 'horizontal' %}{{ _below(field, form_type, horizontal_columns) }}{% endif %}
        </div>
          {%- endif %}
        {%- endmacro %}

        {#- A whole form with all its fields. It is sent as multipart/form-data when it has a field for files. -#}
        {% macro quick_form(form, action='', method='post', extra_classes=none, role='form', form_type='basic',
                            horizontal_columns=('lg', 2, 10), enctype=none, button_map={}, id='', novalidate=false,
                            render_kw={}) %}
        {%- set found = namespace(files=false) %}
        {%- for field in form if field.type in ['FileField', 'MultipleFileField'] %}{% set found.files = true %}{% endfor %}
        {%- set encoding = enctype or ('multipart/form-data' if found.files else none) %}
        <form
          {%- if action is not none %} action="{{ action }}"{% endif %}
          {%- if id %} id="{{ id }}"{% endif %}
          {%- if method %} method="{{ method }}"{% endif %}
          {%- if encoding %} enctype="{{ encoding }}"{% endif %} class="form
          {%- if extra_classes %} {{ extra_classes }}{% endif %}
          {%- if form_type in ['inline', 'horizontal'] %} form-{{ form_type }}{% endif %}"
          {%- if role %} role="{{ role }}"{% endif %}
          {%- if novalidate %} novalidate{% endif %}{{ render_kw | xmlattr }}>
        {{ form.hidden_tag() }}
        {{- form_errors(form, hiddens='only') }}
        {%- for field in form if not field.flags.hidden %}
        {{ form_field(field, form_type, horizontal_columns, button_map) }}
        {%- endfor %}
        </form>
        {%- endmacro %}

        """
}
