package io.poolwatch.agent.export;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.gc.Tenuring;
import io.poolwatch.otel.AgentFailure;
import io.poolwatch.otel.AgentStats;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the agent does, fails at and loses. Written on the threads that load classes, read by
 * exporters; thread-safe, and never blocks.
 */
public final class AgentCounts implements AgentStats {
  private final Map<String, Library> libraries = new LinkedHashMap<>();
  private final AtomicLong weavingNanos = new AtomicLong();
  private final List<ExportWatch> watches = new CopyOnWriteArrayList<>();
  private final Ledger ledger;
  private volatile @Nullable Tenuring collections;

  /**
   * Counts for an agent.
   *
   * @param ledger knows how many pools are beyond the limit on names
   * @param systems ids of the libraries that the agent can weave
   */
  public AgentCounts(Ledger ledger, Collection<String> systems) {
    this.ledger = ledger;
    for (String system : systems) {
      libraries.put(system, new Library());
    }
  }

  /** A class of a library was woven. */
  public void woven(String system, long nanos) {
    library(system).woven.incrementAndGet();
    weavingNanos.addAndGet(nanos);
  }

  /** A class of a library was not of a known shape. */
  public void refused(String system) {
    library(system).refused.incrementAndGet();
  }

  /** A class of a library could not be woven. */
  public void weavingFailed(String system) {
    library(system).weavingFailures.incrementAndGet();
  }

  /**
   * Where the failures of a library's advice and guard are counted, once its boot classes exist.
   */
  public void failures(PoolSystem system) {
    Library library = library(system.id());
    library.advice = system.breaker();
    library.guard = system.guard();
  }

  /**
   * What is known of the collections; null if nothing is.
   *
   * @param followed counts them from now on
   */
  public void collections(@Nullable Tenuring followed) {
    collections = followed;
  }

  void watch(ExportWatch watch) {
    watches.add(watch);
  }

  private Library library(String system) {
    Library library = libraries.get(system);
    if (library == null) {
      throw new IllegalArgumentException("no library " + system);
    }
    return library;
  }

  @Override
  public Set<String> systems() {
    return Collections.unmodifiableSet(libraries.keySet());
  }

  @Override
  public long classesWoven(String system) {
    return library(system).woven.get();
  }

  @Override
  public long classesRefused(String system) {
    return library(system).refused.get();
  }

  @Override
  public long failures(String system, AgentFailure kind) {
    Library library = library(system);
    if (kind == AgentFailure.WEAVING) {
      return library.weavingFailures.get();
    }
    Breaker breaker = kind == AgentFailure.GUARD ? library.guard : library.advice;
    return breaker == null ? 0 : breaker.failures();
  }

  @Override
  public long weavingNanos() {
    return weavingNanos.get();
  }

  @Override
  public long poolsBeyondLimit() {
    return ledger.overflowed();
  }

  @Override
  public @Nullable Tenuring collections() {
    return collections;
  }

  @Override
  public long exportsSucceeded() {
    return watches.stream().mapToLong(ExportWatch::countSucceeded).sum();
  }

  @Override
  public long exportsFailed() {
    return watches.stream().mapToLong(ExportWatch::countFailed).sum();
  }

  private static final class Library {
    final AtomicLong woven = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong weavingFailures = new AtomicLong();
    volatile @Nullable Breaker advice;
    volatile @Nullable Breaker guard;
  }
}
