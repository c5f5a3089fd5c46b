package io.poolwatch.agent.worth;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Two pools of the kinds that are too fast for the clock, for the agent alone: a borrow and a
 * return do here what they cannot do without in such a pool. The library's own do some more, so
 * what these take is what theirs take at least.
 */
final class PrivatePools {
  private PrivatePools() {}

  /** What is pooled: as little as possible. */
  static final class Thing {
    static final AtomicIntegerFieldUpdater<Thing> STATE =
        AtomicIntegerFieldUpdater.newUpdater(Thing.class, "state");

    private final Thread owner = Thread.currentThread();
    private volatile int state;
    long uses;

    int state() {
      return state;
    }
  }

  /**
   * A stack a thread, and a handle that notices a second return, as Netty's Recycler has them: one
   * locked instruction a pair, or a volatile write that is as dear.
   */
  static final class Recycling {
    private final ThreadLocal<Stack> local = ThreadLocal.withInitial(Stack::new);

    Thing get() {
      Stack stack = local.get();
      Thing thing = stack.pop();
      if (thing == null) {
        return new Thing();
      }
      Thing.STATE.lazySet(thing, 0);
      return thing;
    }

    void recycle(Thing thing) {
      if (Thing.STATE.getAndSet(thing, 1) != 0) {
        throw new IllegalStateException("returned twice");
      }
      if (thing.owner == Thread.currentThread()) {
        local.get().push(thing);
      }
    }

    private static final class Stack {
      private static final int MOST = 64;
      private final ArrayDeque<Thing> things = new ArrayDeque<>(MOST);

      @Nullable Thing pop() {
        return things.pollLast();
      }

      void push(Thing thing) {
        if (things.size() < MOST) {
          things.addLast(thing);
        }
      }
    }
  }

  /** A slot a thread, and counts of what went through it, as the bundled pool has them. */
  static final class Slots {
    private final ThreadLocal<Slot> local = ThreadLocal.withInitial(Slot::new);

    Thing get() {
      Slot slot = local.get();
      Thing thing = slot.thing;
      if (thing == null) {
        return new Thing();
      }
      slot.thing = null;
      slot.hits++;
      return thing;
    }

    void put(Thing thing) {
      Slot slot = local.get();
      slot.thing = thing;
      slot.puts++;
    }

    private static final class Slot {
      private @Nullable Thing thing;
      private long hits;
      private long puts;
    }
  }
}
