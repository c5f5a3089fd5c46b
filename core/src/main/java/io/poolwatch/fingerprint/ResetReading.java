package io.poolwatch.fingerprint;

import io.poolwatch.violation.Sighting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How clean the objects of one pool come back. Not to be changed by who reads it. */
public final class ResetReading {
  private final String objectClass;
  private final @Nullable Sighting seen;
  private final List<Field> fields = new ArrayList<>();
  private final List<String> unsteady = new ArrayList<>();
  private long returns;

  ResetReading(String objectClass, @Nullable Sighting seen) {
    this.objectClass = objectClass;
    this.seen = seen;
  }

  void add(String name, long dirty, String usual) {
    fields.add(new Field(name, dirty, usual));
  }

  void addUnsteady(String name) {
    unsteady.add(name);
  }

  void returns(long looked) {
    returns = looked;
  }

  /** Binary name of the class whose objects were looked at. */
  public String objectClass() {
    return objectClass;
  }

  /** How many returns were looked at. */
  public long returns() {
    return returns;
  }

  /** The fields that nearly all returns leave the same. */
  public List<Field> fields() {
    return Collections.unmodifiableList(fields);
  }

  /** The names of the fields of which nothing can be said: they change as the pool is used. */
  public List<String> unsteady() {
    return Collections.unmodifiableList(unsteady);
  }

  /** One dirty return; null if there was none after the first returns. */
  public @Nullable Sighting seen() {
    return seen;
  }

  /** A field that is reset as a rule. Immutable. */
  public static final class Field {
    private final String name;
    private final long dirty;
    private final String usual;

    Field(String name, long dirty, String usual) {
      this.name = name;
      this.dirty = dirty;
      this.usual = usual;
    }

    /** Its name; of buffers and containers what else was asked. */
    public String name() {
      return name;
    }

    /** How many returns left something else in it than is usual. */
    public long dirty() {
      return dirty;
    }

    /** What is usual, for a person. */
    public String usual() {
      return usual;
    }
  }
}
