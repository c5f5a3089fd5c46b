package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Patterns;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.loader.BootDefiner;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.trace.ServiceSpans;
import io.poolwatch.book.Books;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Sampling;
import io.poolwatch.book.Stacks;
import io.poolwatch.book.Unpooled;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.fingerprint.Resets;
import io.poolwatch.gc.Epochs;
import io.poolwatch.guard.Quarantine;
import io.poolwatch.guard.Wards;
import io.poolwatch.woven.threadlocal.LoanHooks;
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
  private final ServiceSpans spans;
  private final Gaps gaps = new Gaps();
  private @Nullable Runnable firstPool;
  private @Nullable Runnable whenPrepared;
  private @Nullable Boolean prepared;
  private @Nullable Watching watching;

  BootSide(Instrumentation instrumentation, Settings settings, ServiceSpans spans) {
    this.instrumentation = instrumentation;
    this.settings = settings;
    this.spans = spans;
  }

  /** What to run when the first pool is seen; to be set before {@link #prepare}. */
  synchronized void onFirstPool(Runnable wake) {
    firstPool = wake;
  }

  /** What to run once, when the classes are there; to be set before {@link #prepare}. */
  synchronized void whenPrepared(Runnable started) {
    whenPrepared = started;
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
      watching = Setup.run(settings, spans, firstPool);
      if (whenPrepared != null) {
        whenPrepared.run();
      }
      return true;
    } catch (IOException | URISyntaxException | RuntimeException | LinkageError failure) {
      AgentLog.warn("pools cannot be watched in this JVM: the boot loader is closed", failure);
      return false;
    }
  }

  /** What could not be watched. */
  Gaps gaps() {
    return gaps;
  }

  /** What changes classes that are loaded. */
  Instrumentation instrumentation() {
    return instrumentation;
  }

  /** What can be read about pools; {@link #prepare} must have returned true. */
  synchronized Watching watching() {
    if (watching == null) {
      throw new IllegalStateException("the boot classes are not there");
    }
    return watching;
  }

  /** Apart, so that neither the verifier nor linking asks for the boot classes too early. */
  private static final class Setup {
    static Watching run(Settings settings, ServiceSpans spans, @Nullable Runnable firstPool) {
      Ledger ledger = new Ledger(new PoolNames(settings), settings.count(Options.POOLS_MAX));
      DurationSamples.spanSource(spans::currentSpan);
      Sampling.rate(settings.count(Options.SAMPLE_RATE));
      int stacks = settings.count(Options.STACK_MAX);
      Stacks.perSecond(stacks == Options.ALL_STACKS ? Integer.MAX_VALUE : stacks);
      Books.trackingBound(settings.count(Options.TRACK_MAX));
      if (settings.flag(Options.GUARD)
          || settings.flag(Options.PROMOTION)
          || settings.count(Options.FINGERPRINT) > 0
          || !settings.patterns(Options.DIRTY_POOLS).isEmpty()) {
        OpenMemory.open();
      }
      if (settings.flag(Options.GUARD)) {
        Wards.guard(settings.count(Options.GUARD_MAX));
        Patterns quarantined = settings.patterns(Options.QUARANTINE_CLASSES);
        Quarantine.rate(
            settings.count(Options.QUARANTINE), quarantined.isEmpty() ? null : quarantined::match);
      }
      Patterns printed = settings.patterns(Options.FINGERPRINT_CLASSES);
      if (!printed.isEmpty()) {
        Fingerprints.classes(printed::match);
      }
      Fingerprints.rate(settings.count(Options.FINGERPRINT));
      LoanHooks.weave(BundledLoans.areGuarded(settings), BundledLoans.arePrinted(settings));
      Patterns reset = settings.patterns(Options.DIRTY_POOLS);
      if (!reset.isEmpty()) {
        ledger.onNamed(
            (book, name) -> {
              if (reset.match(name)) {
                Resets.watch(book);
              }
            });
      }
      if (!settings.patterns(Options.EXPERIMENT).isEmpty()) {
        Unpooled.weave();
      }
      if (!settings.flag(Options.PROMOTION)) {
        Epochs.shut();
      }
      Books.onFirstPool(firstPool);
      return new Watching(ledger);
    }
  }
}
