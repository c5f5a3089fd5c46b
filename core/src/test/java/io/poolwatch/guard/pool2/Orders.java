package io.poolwatch.guard.pool2;

/** Code of a service whose package is named like the pool library's. */
public final class Orders {
  private Orders() {}

  /** What is pooled. */
  public interface Part {
    /** A use. */
    void use();
  }

  /** Uses an object. */
  public static void place(Part part) {
    part.use();
  }
}
