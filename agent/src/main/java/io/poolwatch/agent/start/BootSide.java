package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.loader.BootDefiner;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Sampling;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The classes in the boot loader, seen from here: put there when they are first needed, and set up
 * before anybody can use them. Thread-safe.
 *
 * <p>No class that uses them may be loaded before {@link #prepare} has returned true.
 */
final class BootSide {
  private final Instrumentation instrumentation;
  private final Settings settings;
  private @Nullable Runnable firstPool;
  private @Nullable Boolean prepared;

  BootSide(Instrumentation instrumentation, Settings settings) {
    this.instrumentation = instrumentation;
    this.settings = settings;
  }

  /** What to run when the first pool is seen; to be set before {@link #prepare}. */
  synchronized void onFirstPool(Runnable wake) {
    firstPool = wake;
  }

  /** Puts the classes there, once; false if that is not possible in this JVM. */
  synchronized boolean prepare() {
    if (prepared == null) {
      // The caller may be any code of the service, with as few permissions as it likes.
      prepared =
          AccessController.doPrivileged(
              new PrivilegedAction<Boolean>() {
                @Override
                public Boolean run() {
                  return define();
                }
              });
    }
    return prepared;
  }

  private boolean define() {
    try {
      File jar =
          new File(BootSide.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Throwable detour = new BootDefiner(instrumentation).defineAll(jar);
      if (detour != null) {
        AgentLog.debug("boot classes were appended to the boot class path: " + detour);
      }
      Setup.run(settings, firstPool);
      return true;
    } catch (IOException | URISyntaxException | RuntimeException | LinkageError failure) {
      AgentLog.warn("pools cannot be watched in this JVM: the boot loader is closed", failure);
      return false;
    }
  }

  /** A ledger over all pools; {@link #prepare} must have returned true. */
  Ledger openLedger() {
    return Setup.ledger(settings);
  }

  /** Apart, so that neither the verifier nor linking asks for the boot classes too early. */
  private static final class Setup {
    static Ledger ledger(Settings settings) {
      return new Ledger(new PoolNames(settings), settings.count(Options.POOLS_MAX));
    }

    static void run(Settings settings, @Nullable Runnable firstPool) {
      Sampling.rate(settings.count(Options.SAMPLE_RATE));
      Books.trackingBound(settings.count(Options.TRACK_MAX));
      Books.onFirstPool(firstPool);
    }
  }
}
