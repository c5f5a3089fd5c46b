package example.oddclasses;

import java.util.function.ToIntFunction;

/** A kind of pooled objects, and how to use them. */
abstract class Kind {
  final String name;
  final Class<?> type;
  final ToIntFunction<Object> use;

  Kind(String name, Class<?> type, ToIntFunction<Object> use) {
    this.name = name;
    this.type = type;
    this.use = use;
  }

  /** Makes its pool. */
  abstract void open();

  abstract Object borrow() throws Exception;

  abstract void giveBack(Object object) throws Exception;

  abstract void close();
}
