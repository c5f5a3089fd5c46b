package jdk.test.whitebox;

/** HotSpot's own test interface, as far as it is needed here; the name it has from Java 17 on. */
public final class WhiteBox {
  static {
    registerNatives();
  }

  private WhiteBox() {}

  /** The only one. */
  public static WhiteBox get() {
    return new WhiteBox();
  }

  private static native void registerNatives();

  /** Whether an object is in the old generation at this moment. */
  public boolean isObjectInOldGen(Object object) {
    return isObjectInOldGen0(object);
  }

  private native boolean isObjectInOldGen0(Object object);
}
