package io.poolwatch.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A class that is being loaded, and its siblings: other classes of the same copy of its library,
 * read as resources of the same loader and not loaded. One transformation long; not thread-safe.
 */
public final class ClassFamily {
  private final @Nullable ClassLoader loader;
  private final ClassShape shape;
  private final String end;
  private final Predicate<String> leftAlone;
  private final Map<String, ClassShape> siblings = new HashMap<>();

  ClassFamily(
      @Nullable ClassLoader loader, ClassShape shape, String end, Predicate<String> leftAlone) {
    this.leftAlone = leftAlone;
    this.loader = loader;
    this.shape = shape;
    this.end = end;
    siblings.put(shape.name(), shape);
  }

  /** The class that is being loaded. */
  public ClassShape shape() {
    return shape;
  }

  /** Which of {@link PoolLibrary#classNameEnds} its name has. */
  public String end() {
    return end;
  }

  /** Internal name of the class of this copy of the library whose name has another such end. */
  public String nameOf(String otherEnd) {
    return shape.name().substring(0, shape.name().length() - end.length()) + otherEnd;
  }

  /**
   * The shape of a sibling.
   *
   * @param otherEnd the end of its name, in the same form as {@link #end}
   * @return null if this copy of the library has no such class
   */
  public @Nullable ClassShape findSibling(String otherEnd) {
    String name = nameOf(otherEnd);
    ClassShape known = siblings.get(name);
    if (known != null) {
      return known;
    }
    String resource = name + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      ClassShape sibling = ClassShape.of(in.readAllBytes());
      siblings.put(name, sibling);
      return sibling;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /**
   * The shape of a sibling that must exist and be woven, too: woven code may name its members.
   *
   * @throws ShapeMismatch if it does not exist, cannot be read, or is left alone
   */
  public ClassShape sibling(String otherEnd) throws ShapeMismatch {
    ClassShape sibling = findSibling(otherEnd);
    if (sibling == null) {
      throw new ShapeMismatch(nameOf(otherEnd), "no such class beside " + shape.name());
    }
    if (leftAlone.test(sibling.name().replace('/', '.'))) {
      throw new ShapeMismatch(sibling.name(), "left alone, and so is what builds on it");
    }
    return sibling;
  }
}
