package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.Referent;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An object that is lent past its pool, weakly: who loses it has lost it. The library's record of
 * it refers to this in the meantime, and not to the object.
 */
final class UnpooledLoan extends WeakReference<Object> {
  /** In place of an object that is null. */
  private static final Object NOTHING = new Object();

  private static final Object NOBODYS = new Object();

  /** What stands in a place whose object is still being made. */
  static final UnpooledLoan COMING = new UnpooledLoan(NOBODYS, null, false, false);

  /** The library's record of it; null if nobody needs one. */
  final @Nullable Object pooled;

  /** Whether it takes a place of those that the pool may have. */
  final boolean counted;

  /** Where a second loan stands that is there for nothing but what it takes; negative if none. */
  int twin = -1;

  private final boolean loose;

  /**
   * A loan.
   *
   * @param loose whether the record lets go of the object: then it is a {@link LooseRecord}
   */
  UnpooledLoan(@Nullable Object object, @Nullable Object pooled, boolean counted, boolean loose) {
    super(object == null ? NOTHING : object);
    this.pooled = pooled;
    this.counted = counted;
    this.loose = loose;
    if (loose && pooled != null) {
      ((LooseRecord) pooled).poolwatch$hold(this);
    }
  }

  /** Has the record refer to the object again. */
  void over(@Nullable Object object) {
    if (loose && pooled != null) {
      ((LooseRecord) pooled).poolwatch$hold(object);
    }
  }

  boolean isOf(@Nullable Object given) {
    return Referent.is(this, given == null ? NOTHING : given);
  }

  /** Whether nobody has the object any more. */
  boolean isLost() {
    return Referent.is(this, null);
  }

  /** What the record would say of its object: whoever asks it, the service does. */
  @Override
  public String toString() {
    return String.valueOf(get());
  }
}
