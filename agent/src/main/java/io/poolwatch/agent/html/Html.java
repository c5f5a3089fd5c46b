package io.poolwatch.agent.html;

/**
 * Writes HTML. Markup is given as it is; text, which others chose, is escaped, and so that no
 * control character gets into the page. Not thread-safe.
 */
public final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);

  /** An empty page. */
  public Html() {}

  /** Adds markup, which must be a constant of ours or made of constants and numbers. */
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds text. */
  public Html text(String text) {
    escape(text, out, false);
    return this;
  }

  /** Adds text on several lines, for an element that keeps them. */
  public Html lines(String text) {
    escape(text, out, true);
    return this;
  }

  /**
   * Adds a text of unknown direction, isolated from what stands around it; one that is too long
   * keeps its start and its end.
   */
  public Html isolated(String text, int most) {
    out.append("<bdi>");
    escape(clip(text, most), out, false);
    out.append("</bdi>");
    return this;
  }

  /** Adds an element that holds a text. */
  public Html element(String tag, String text) {
    out.append('<').append(tag).append('>');
    escape(text, out, false);
    int space = tag.indexOf(' ');
    out.append("</").append(space < 0 ? tag : tag.substring(0, space)).append('>');
    return this;
  }

  /** Characters so far. */
  public int length() {
    return out.length();
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** A text that is not longer than so many characters; what is left out is in the middle. */
  public static String clip(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int tail = most / 3;
    int head = most - tail - 1;
    return text.substring(0, head) + "…" + text.substring(text.length() - tail);
  }

  /** A text as the value of an attribute, without the quotes around it. */
  static String attribute(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    escape(text, safe, false);
    return safe.toString();
  }

  private static void escape(String text, StringBuilder out, boolean keepsLines) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&':
          out.append("&amp;");
          break;
        case '<':
          out.append("&lt;");
          break;
        case '>':
          out.append("&gt;");
          break;
        case '"':
          out.append("&quot;");
          break;
        case '\'':
          out.append("&#39;");
          break;
        default:
          if (isPlain(c) || (keepsLines && c == '\n')) {
            out.appendCodePoint(c);
          } else if (!keepsLines || c != '\r') {
            out.append(String.format("\\u%04x", c));
          }
      }
    }
  }

  /** Not: control and format characters, line separators, lone surrogates, what is unassigned. */
  private static boolean isPlain(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE:
      case Character.UNASSIGNED:
      case Character.PRIVATE_USE:
        return false;
      default:
        return true;
    }
  }
}
