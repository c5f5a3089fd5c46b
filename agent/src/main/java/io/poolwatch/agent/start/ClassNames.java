package io.poolwatch.agent.start;

import org.jspecify.annotations.Nullable;

/** Short names of classes, for people; always the same for the same class of the same program. */
final class ClassNames {
  private static final int MOST_CHARACTERS = 80;
  private static final String FACTORY = "Factory";

  /** Parts of the names of the pool libraries' own packages, repackaged or not. */
  private static final String[] LIBRARY_PACKAGES = {
    ".pool2.", ".pool3.", ".netty.util.", "io.poolwatch.pool."
  };

  private ClassNames() {}

  /**
   * The name of what a factory makes, by the factory's class: {@code PoolableConnection} for {@code
   * org.example.PoolableConnectionFactory}; for an anonymous one and a lambda the class around it.
   *
   * @return null if the class tells nothing: it is a library's wrapper, or made by a proxy
   */
  static @Nullable String ofFactory(@Nullable String className) {
    String name = ofApplication(className);
    if (name == null) {
      return null;
    }
    if (name.endsWith(FACTORY) && name.length() > FACTORY.length()) {
      name = name.substring(0, name.length() - FACTORY.length());
      if (name.endsWith(".")) {
        name = name.substring(0, name.length() - 1);
      }
    } else if (name.equals(FACTORY)) {
      return null;
    }
    return name;
  }

  /** The simple name of a class that the application wrote, or null if a library or proxy did. */
  static @Nullable String ofApplication(@Nullable String className) {
    if (className == null) {
      return null;
    }
    for (String each : LIBRARY_PACKAGES) {
      if (className.contains(each)) {
        return null;
      }
    }
    return simple(className);
  }

  /**
   * The class name without package, with dots between nested classes and without what compilers and
   * the JVM number: {@code Outer.Inner}, {@code byte[]}.
   *
   * @return null if nothing remains, as of a JDK proxy
   */
  static @Nullable String simple(@Nullable String className) {
    if (className == null) {
      return null;
    }
    if (className.startsWith("[")) {
      return array(className);
    }
    // Lambdas, and subclasses made at run time: what follows is numbered anew in each run.
    int generated = className.indexOf("$$");
    String written = generated < 0 ? className : className.substring(0, generated);
    int slash = written.indexOf('/');
    if (slash >= 0) {
      written = written.substring(0, slash);
    }
    written = written.substring(written.lastIndexOf('.') + 1);
    StringBuilder name = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= written.length(); i++) {
      if (i == written.length() || (written.charAt(i) == '$' && i > start)) {
        append(name, written.substring(start, i));
        start = i + 1;
      }
    }
    String simple = name.toString();
    return simple.isEmpty() || simple.startsWith("$Proxy") ? null : simple;
  }

  /** Without control characters, and not longer than a label should be. */
  static String printable(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length() && out.length() < MOST_CHARACTERS; i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c)) {
        out.append("\\x")
            .append(Character.forDigit(c >> 4 & 0xf, 16))
            .append(Character.forDigit(c & 0xf, 16));
      } else {
        out.append(c);
      }
    }
    if (out.length() > MOST_CHARACTERS) {
      out.setLength(MOST_CHARACTERS);
    }
    if (out.length() > 0 && Character.isHighSurrogate(out.charAt(out.length() - 1))) {
      out.setLength(out.length() - 1);
    }
    return out.toString();
  }

  /** Takes one nested class's part, less the number of an anonymous or local class. */
  private static void append(StringBuilder name, String part) {
    int digits = 0;
    while (digits < part.length() && Character.isDigit(part.charAt(digits))) {
      digits++;
    }
    if (digits < part.length()) {
      if (name.length() > 0) {
        name.append('.');
      }
      name.append(part, digits, part.length());
    }
  }

  private static @Nullable String array(String className) {
    int dimensions = className.lastIndexOf('[') + 1;
    String element;
    switch (className.charAt(dimensions)) {
      case 'B':
        element = "byte";
        break;
      case 'C':
        element = "char";
        break;
      case 'D':
        element = "double";
        break;
      case 'F':
        element = "float";
        break;
      case 'I':
        element = "int";
        break;
      case 'J':
        element = "long";
        break;
      case 'S':
        element = "short";
        break;
      case 'Z':
        element = "boolean";
        break;
      default:
        element = simple(className.substring(dimensions + 1, className.length() - 1));
        break;
    }
    return element == null ? null : element.concat("[]".repeat(dimensions));
  }
}
