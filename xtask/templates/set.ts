// Written by `errbook export typescript`. Do not edit.
import { type Billing, type Kind, type Locale, type Retry, type Texts, {% if has_params %}fill, {% endif %}{% if pairs %}parse, {% endif %}positions, text } from "../errbook.js";

/** {{ title }} ({{ vendor }}). {% if pairs %}Each is the code and the symbol: the code alone stands for several things.{% endif %} */
export type {{ name }} ={% for row in rows %}
  | {{ row.key }}{% endfor %};

/** Every code, in the order of the vendor's document. */
export const ALL: readonly {{ name }}[] = [{% for row in rows %}
  {{ row.key }}, // {{ row.variant }}{% endfor %}
];
const POSITIONS = /* @__PURE__ */ positions(ALL);
const at = (code: {{ name }}): number => POSITIONS.get(code) ?? -1;

/** What the symbol of a code holds in its holes. */
export interface Params {{ "{" }}{% for row in rows %}{% if !row.params.is_empty() %}
  {{ row.key }}: { {% for (param, values) in row.params %}{{ param }}: {{ values }}; {% endfor %}};{% endif %}{% endfor %}
}
{% if pairs %}
/** A code with what its symbol holds. */
export type Received = { [C in {{ name }}]: { readonly code: C; readonly params: C extends keyof Params ? Params[C] : Record<never, string> } }[{{ name }}];

const FORMS: readonly (readonly [code: {{ wire }}, symbols: readonly string[]])[] = [{% for row in rows %}
  [{{ row.code }}, [{% for symbol in row.symbols %}{{ symbol }}, {% endfor %}]],{% endfor %}
];

/** The code that an answer holds in two fields, and the parameters in its symbol. */
export function fromCode(code: number | string, symbol: string): Received | undefined {
  let best: Received | undefined, fixed = -1;
  for (const [position, [known, symbols]] of FORMS.entries()) {
    if (String(known) !== String(code)) continue;
    for (const form of symbols) {
      // Of two forms that fit, the one that leaves less to its holes.
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

/** The code that an answer holds: as the vendor writes it{% if number %}, as a number{% endif %}, or by its symbol or an alias. */
export function fromCode(code: number | string): {{ name }} | undefined {
  {% if number %}const known = typeof code === "string" && /^(0|-?[1-9]\d*)$/.test(code) ? Number(code) : code;
  return POSITIONS.has(known) ? known as {{ name }} : Object.hasOwn(OTHERS, code) ? OTHERS[code] : undefined;{% else %}const known = String(code);
  return POSITIONS.has(known) ? known as {{ name }} : Object.hasOwn(OTHERS, known) ? OTHERS[known] : undefined;{% endif %}
}
{% endif %}
const VARIANTS: readonly string[] = [{% for row in rows %}{{ row.quoted }}, {% endfor %}];

/** Our name of the code, which is the Rust variant. */
export function variant(code: {{ name }}): string {
  return VARIANTS[at(code)] ?? "";
}

const MESSAGES: Texts = [{% for (tag, texts) in messages %}
  [{{ tag }}, [{% for text in texts %}
    {{ text }},{% endfor %}
  ]],{% endfor %}
];

/** What the code means. Parameters that are not given stand in it as `<name>`. */
export function message<C extends {{ name }}>(code: C, locale: Locale{% if has_params %}, ...params: C extends keyof Params ? [Params[C]?] : []{% endif %}): string {
  {% if has_params %}return fill(text(MESSAGES, at(code), locale), params[0] as Record<string, string> | undefined);{% else %}return text(MESSAGES, at(code), locale);{% endif %}
}

const REMEDIES: Texts = [{% for (tag, texts) in remedies %}
  [{{ tag }}, [{% for text in texts %}
    {{ text }},{% endfor %}
  ]],{% endfor %}
];

/** What to do about it, if the vendor says so. */
export function remedy(code: {{ name }}, locale: Locale): string | undefined {
  return text(REMEDIES, at(code), locale) || undefined;
}

const FACTS: readonly (readonly [kind: Kind | undefined, retry: Retry, billing: Billing, success: boolean])[] = [{% for row in rows %}
  [{{ row.kind }}, "{{ row.retry }}", "{{ row.billing }}", {{ row.success }}],{% endfor %}
];

/** What it means across vendors. */
export function kind(code: {{ name }}): Kind | undefined {
  return FACTS[at(code)]?.[0];
}

/** What a caller should do. */
export function retry(code: {{ name }}): Retry {
  return FACTS[at(code)]?.[1] ?? "unspecified";
}

/** Whether the vendor charges for it. */
export function billing(code: {{ name }}): Billing {
  return FACTS[at(code)]?.[2] ?? "unspecified";
}

/** It says that all went well. */
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