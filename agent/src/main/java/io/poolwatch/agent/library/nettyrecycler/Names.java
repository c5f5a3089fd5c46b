package io.poolwatch.agent.library.nettyrecycler;

import java.util.List;

/** Names of the library's classes, as ends of internal names, and of what is woven into them. */
final class Names {
  static final String RECYCLER = "/netty/util/Recycler";
  static final String DEFAULT_HANDLE = RECYCLER + "$DefaultHandle";
  static final String STACK = RECYCLER + "$Stack";
  static final String WEAK_ORDER_QUEUE = RECYCLER + "$WeakOrderQueue";
  static final String LOCAL_POOL = RECYCLER + "$LocalPool";
  static final String GUARDED = RECYCLER + "$GuardedLocalPool";
  static final String UNGUARDED = RECYCLER + "$UnguardedLocalPool";

  /** One of these is the thread local that holds the local pools; the rest is of no interest. */
  static final List<String> ANONYMOUS =
      List.of(RECYCLER + "$1", RECYCLER + "$2", RECYCLER + "$3", RECYCLER + "$4");

  /** The handle of all objects of an unguarded pool, and from 4.2.7 on of those that none takes. */
  static final String LOCAL_POOL_HANDLE = RECYCLER + "$LocalPoolHandle";

  static final String BOOK = "poolwatch$book";
  static final String UNPOOLED = "poolwatch$unpooled";
  static final String SHARE = "poolwatch$share";
  static final String KIND = "poolwatch$kind";
  static final String TRACKED = "poolwatch$tracked";

  /** Reads that field of a handle, wherever a handle is at hand that may be null. */
  static final String TRACKED_OF = "poolwatch$trackedOf";

  static final String BOOK_TYPE = "io.poolwatch.book.ShareBook";
  static final String SHARE_TYPE = "io.poolwatch.book.Share";
  static final String TRACKED_TYPE = "io.poolwatch.book.TrackedObject";
  static final String KIND_TYPE = "io.poolwatch.woven.nettyrecycler.LocalPoolKind";
  static final String UNGUARDED_HOOKS = "io.poolwatch.woven.nettyrecycler.Unguarded";
  static final String HOOKS = "io.poolwatch.woven.nettyrecycler.RecyclerHooks";
  static final String HANDLE_HOOKS = "io.poolwatch.woven.nettyrecycler.HandleHooks";
  static final String GET_HOOKS = "io.poolwatch.woven.nettyrecycler.GetHooks";
  static final String BUILD_HOOKS = "io.poolwatch.woven.nettyrecycler.BuildHooks";
  static final String RETURN_HOOKS = "io.poolwatch.woven.nettyrecycler.ReturnHooks";
  static final String UNPOOLED_HOOKS = "io.poolwatch.woven.nettyrecycler.UnpooledHooks";
  static final String STACK_HOOKS = "io.poolwatch.woven.nettyrecycler.StackHooks";

  static final String LATE_HOOKS = "io.poolwatch.woven.nettyrecycler.LateHooks";

  static final String POOLED_HANDLE = "io.poolwatch.guard.PooledHandle";

  private Names() {}

  static String descriptor(String typeName) {
    return 'L' + typeName.replace('.', '/') + ';';
  }
}
