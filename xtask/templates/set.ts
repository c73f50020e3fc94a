// Written by `errbook export typescript`. Do not edit.
import { type Billing, type Kind, type Locale, type Retry, type Texts, {% if has_params %}fill, {% endif %}{% if number && !pairs %}integer, {% endif %}{% if pairs %}parse, {% endif %}positions, text } from "../errbook.js";

/** {{ title }} ({{ vendor }}). {% if pairs %}Each is a code and a symbol, since the code alone is ambiguous.{% endif %} */
export type {{ name }} ={% for row in rows %}
  | {{ row.key }}{% endfor %};

/** Every code, in the order of the vendor's document. */
export const ALL: readonly {{ name }}[] = [{% for row in rows %}
  {{ row.key }}, // {{ row.variant }}{% endfor %}
];
const POSITIONS = /* @__PURE__ */ positions(ALL);
const at = (code: {{ name }}): number => POSITIONS.get(code) ?? -1;

/** The parameters in the symbol of each code. */
export interface Params {{ "{" }}{% for row in rows %}{% if !row.params.is_empty() %}
  {{ row.key }}: { {% for (param, values) in row.params %}{{ param }}: {{ values }}; {% endfor %}};{% endif %}{% endfor %}
}
{% if pairs %}
/** A code with the parameters of its symbol. */
export type Received = { [C in {{ name }}]: { readonly code: C; readonly params: C extends keyof Params ? Params[C] : Record<never, string> } }[{{ name }}];

const FORMS: readonly (readonly [code: {{ wire }}, symbols: readonly string[]])[] = [{% for row in rows %}
  [{{ row.code }}, [{% for symbol in row.symbols %}{{ symbol }}, {% endfor %}]],{% endfor %}
];

/** Decodes the code and the symbol of an answer; also returns the parameters in the symbol. */
export function fromCode(code: number | string, symbol: string): Received | undefined {
  let best: Received | undefined, fixed = -1;
  for (const [position, [known, symbols]] of FORMS.entries()) {
    if (String(known) !== String(code)) continue;
    for (const form of symbols) {
      // If several templates match, take the one with the most literal text.
      const length = form === symbol ? Infinity : form.replace(/<[^>]*>/g, "").length;
      const params = length > fixed ? parse(form, symbol) : undefined;
      const found = ALL[position];
      if (params === undefined || found === undefined) continue;
      best = { code: found, params } as Received;
      fixed = length;
    }
  }
  return best;
}
{% else %}
const OTHERS: Readonly<Record<string, {{ name }}>> = {{ "{" }}{% for row in rows %}{% for symbol in row.symbols %}
  {{ symbol }}: {{ row.key }},{% endfor %}{% endfor %}
};

/** Decodes the code of an answer: as the vendor writes it{% if number %}, as a number{% endif %}, or as its symbol or an alias. */
export function fromCode(code: number | string): {{ name }} | undefined {
  {% if number %}const known = integer(code, {{ bits }});
  return POSITIONS.has(known) ? known as {{ name }} : Object.hasOwn(OTHERS, code) ? OTHERS[code] : undefined;{% else %}const known = String(code);
  return POSITIONS.has(known) ? known as {{ name }} : Object.hasOwn(OTHERS, known) ? OTHERS[known] : undefined;{% endif %}
}
{% endif %}
const VARIANTS: readonly string[] = [{% for row in rows %}{{ row.quoted }}, {% endfor %}];

/** The name of the Rust variant. */
export function variant(code: {{ name }}): string {
  return VARIANTS[at(code)] ?? "";
}

const MESSAGES: Texts = [{% for (tag, texts) in messages %}
  [{{ tag }}, [{% for text in texts %}
    {{ text }},{% endfor %}
  ]],{% endfor %}
];

/** The message of the code. Parameters without a value remain as `<name>`. */
export function message<C extends {{ name }}>(code: C, locale: Locale{% if has_params %}, ...params: C extends keyof Params ? [Params[C]?] : []{% endif %}): string {
  {% if has_params %}return fill(text(MESSAGES, at(code), locale), params[0] as Record<string, string> | undefined);{% else %}return text(MESSAGES, at(code), locale);{% endif %}
}

const REMEDIES: Texts = [{% for (tag, texts) in remedies %}
  [{{ tag }}, [{% for text in texts %}
    {{ text }},{% endfor %}
  ]],{% endfor %}
];

/** What to do about it, if the document says so. */
export function remedy(code: {{ name }}, locale: Locale): string | undefined {
  return text(REMEDIES, at(code), locale) || undefined;
}

const FACTS: readonly (readonly [kind: Kind | undefined, retry: Retry, billing: Billing, success: boolean])[] = [{% for row in rows %}
  [{{ row.kind }}, "{{ row.retry }}", "{{ row.billing }}", {{ row.success }}],{% endfor %}
];

/** The meaning of the code, shared by all vendors. */
export function kind(code: {{ name }}): Kind | undefined {
  return FACTS[at(code)]?.[0];
}

/** Whether and how to retry. */
export function retry(code: {{ name }}): Retry {
  return FACTS[at(code)]?.[1] ?? "unspecified";
}

/** Whether the vendor charges for it. */
export function billing(code: {{ name }}): Billing {
  return FACTS[at(code)]?.[2] ?? "unspecified";
}

/** Whether the code reports success. */
export function isSuccess(code: {{ name }}): boolean {
  return FACTS[at(code)]?.[3] ?? false;
}

interface Rare {{ "{" }}{% for fact in facts %}
  readonly {{ fact.name }}?: {{ fact.of }};{% endfor %}
}
/** The facts that few codes have, by the position of the code. */
const RARE: Readonly<Record<number, Rare>> = {{ "{" }}{% for row in rows %}{% if !row.facts.is_empty() %}
  {{ loop.index0 }}: {{ row.facts }},{% endif %}{% endfor %}
};
{% for fact in facts %}
/** {{ fact.doc }} */
export function {{ fact.name }}(code: {{ name }}): {{ fact.of }}{% if let Some(default) = fact.default %} {
  return RARE[at(code)]?.{{ fact.name }} ?? {{ default }};{% else %} | undefined {
  return RARE[at(code)]?.{{ fact.name }};{% endif %}
}
{% endfor %}