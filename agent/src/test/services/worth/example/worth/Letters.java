package example.worth;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;

/** A Recycler of objects that take 64 bytes and are built by nothing but their allocation. */
public final class Letters {
  private Letters() {}

  private static final Recycler<Letter> RECYCLER =
      new Recycler<Letter>() {
        @Override
        protected Letter newObject(Handle<Letter> handle) {
          return new Letter(handle);
        }
      };

  /** Arguments: the agent's log, and what is to be in it. */
  public static void main(String[] args) throws Exception {
    Work.untilTold(args, 0);
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              try {
                send();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
  }

  private static void send() throws Exception {
    Letter[] several = new Letter[32];
    // What any service allocates beside its pool, so that there are collections to be seen.
    Work.repeat(
        () -> {
          for (int i = 0; i < several.length; i++) {
            several[i] = RECYCLER.get();
            several[i].a = i;
          }
          for (Letter each : several) {
            each.handle.recycle(each);
          }
          Work.kept = new byte[4_096];
        });
  }

  private static final class Letter {
    final Recycler.Handle<Letter> handle;
    long a;
    long b;
    long c;
    long d;
    long e;
    int f;

    Letter(Recycler.Handle<Letter> handle) {
      this.handle = handle;
    }
  }
}
