// Written by `errbook export typescript`. Do not edit.

/** Whether the vendor charges for the answer; "unspecified" if the document does not say. */
export type Billing = "billed" | "free" | "unspecified";

/** Whether and how to retry. */
export type Retry = {% for retry in retries %}{{ retry }} | {% endfor %}"unspecified";

/** The meaning of a code, shared by all vendors. */
export type Kind = {% if kinds.is_empty() %}never{% endif %}{% for kind in kinds %}{% if !loop.first %} | {% endif %}{{ kind }}{% endfor %};

/** A language of the registry. Any other tag is valid, too: the nearest language is used. */
export type Locale = {% for locale in locales %}{{ locale }} | {% endfor %}(string & {});

/** Texts by language, the vendor's language first. */
export type Texts = readonly (readonly [locale: string, texts: readonly string[]])[];

/** The position of each key. */
export function positions(keys: readonly (string | number)[]): ReadonlyMap<string | number, number> {
  return new Map(keys.map((key, position) => [key, position]));
}

const base = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? "";

/** The text of a position in the best available language: this one, a variant of it, English, or the vendor's. */
export function text(texts: Texts, position: number, locale: Locale): string {
  const wanted = locale.toLowerCase().replaceAll("_", "-");
  const list = (texts.find(([tag]) => tag.toLowerCase() === wanted) ?? texts.find(([tag]) => base(tag) === base(wanted)) ??
    texts.find(([tag]) => tag === "en") ?? texts[0])?.[1];
  return list?.[position] ?? "";
}

/** A code as a number, if it is one: in decimal, or in hexadecimal after `0x`, whose digits are the bits of the number. */
export function integer(code: number | string, bits: number): number | string {
  if (typeof code !== "string") return code;
  if (/^(0|-?[1-9]\d*)$/.test(code)) return Number(code);
  if (!/^0x[0-9a-f]+$/i.test(code) || BigInt(code) >> BigInt(bits)) return code;
  return Number(BigInt.asIntN(bits, BigInt(code)));
}

/** A text with its parameters filled in. `<<name>` stands for the characters `<name>` if `name` is a parameter. */
export function fill(text: string, params: Readonly<Record<string, string>> | undefined): string {
  if (params === undefined) return text;
  return text.replace(/(<?)<([A-Za-z_][\w-]*)>/g, (hole, escape: string, name: string) =>
    params[name] === undefined ? hole : escape ? `<${name}>` : params[name]);
}

/** The parameters of a received symbol, if it matches the template. */
export function parse(template: string, symbol: string): Record<string, string> | undefined {
  const parts = template.split(/<([A-Za-z_][\w-]*)>/);
  const params: Record<string, string> = {};
  let rest = symbol;
  if (!rest.startsWith(parts[0] ?? "")) return undefined;
  rest = rest.slice((parts[0] ?? "").length);
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at] ?? "", next = parts[at + 1] ?? "";
    // The last parameter takes the rest, so that its value can contain any character.
    const last = at + 2 >= parts.length;
    const end = last ? rest.length - next.length : rest.indexOf(next);
    if (end < 0 || !rest.slice(end).startsWith(next)) return undefined;
    // Vendors write a space after the separator in one answer, and none in the next.
    params[name] = rest.slice(0, end).replace(/^ +/, "");
    rest = rest.slice(end + next.length);
  }
  return rest === "" ? params : undefined;
}
