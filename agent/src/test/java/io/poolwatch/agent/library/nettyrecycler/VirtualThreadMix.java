package io.poolwatch.agent.library.nettyrecycler;

import io.poolwatch.book.MissCause;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/**
 * A program for a newer JVM: {@link RecyclerMix} on virtual threads, one release after the other.
 * Prints a line a release and "PASSED" in the end, or throws.
 */
final class VirtualThreadMix {
  private VirtualThreadMix() {}

  public static void main(String[] versions) throws Throwable {
    Class<?> builder = Class.forName("java.lang.Thread$Builder");
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Object ofVirtual =
        lookup
            .findStatic(
                Thread.class,
                "ofVirtual",
                MethodType.methodType(Class.forName("java.lang.Thread$Builder$OfVirtual")))
            .invoke();
    MethodHandle unstarted =
        lookup.findVirtual(
            builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
    Function<Runnable, Thread> virtual =
        body -> {
          try {
            return (Thread) unstarted.invoke(ofVirtual, body);
          } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
          }
        };
    for (String version : versions) {
      Netty netty = Netty.of(version);
      RecyclerMix mix = new RecyclerMix(netty, 5_000);
      Tally tally = mix.run(netty.recycler(mix::make), virtual);
      System.out.println(
          version
              + ": gets "
              + tally.borrows()
              + ", disabled "
              + tally.misses(MissCause.DISABLED)
              + ", created "
              + tally.created());
      if (NettyRecyclers.SYSTEM.breaker().first() != null) {
        throw new AssertionError(NettyRecyclers.SYSTEM.breaker().first());
      }
    }
    System.out.println("PASSED");
  }
}
