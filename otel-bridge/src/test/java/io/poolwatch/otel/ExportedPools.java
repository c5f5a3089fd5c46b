package io.poolwatch.otel;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.ScriptedMeter;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Pools, their ledger, and what is exported of them. */
abstract class ExportedPools {
  static final PoolSystem EAGER =
      PoolSystem.named("eager")
          .borrowOutcomes(EnumSet.allOf(BorrowOutcome.class))
          .missCauses(EnumSet.of(MissCause.DISABLED, MissCause.OTHER))
          .returnOutcomes(EnumSet.allOf(ReturnOutcome.class))
          .removalReasons(EnumSet.allOf(RemovalReason.class))
          .violations(EnumSet.allOf(ViolationKind.class))
          .validating()
          .waiting()
          .tellingBirths()
          .build();
  static final PoolSystem TELLING = PoolSystem.named("telling").tellingBirths().build();
  static final PoolSystem PLAIN = PoolSystem.named("plain").build();

  final InMemoryMetricReader reader = InMemoryMetricReader.create();
  final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();
  final Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 100);
  final PoolwatchMetrics metrics = PoolwatchMetrics.register(sdk, ledger);
  final List<Object> pools = new ArrayList<>();

  /** Pools of other tests, which wait in the one list of the process, are not for this ledger. */
  @BeforeEach
  void forgetEarlierPools() {
    new Ledger((system, facts) -> null, 1).snapshot();
    while (DurationSamples.poll() != null) {}
  }

  @AfterEach
  void close() {
    DurationSamples.spanSource(null);
    Costs.meter(null);
    Prices.current(null);
    metrics.close();
    sdk.close();
    Reference.reachabilityFence(pools);
  }

  ObjectBook pool(String name, PoolSystem system) {
    ObjectBook book = new ObjectBook(system, new PoolFacts(name));
    register(book);
    return book;
  }

  void register(PoolBook book) {
    Object pool = new Object();
    pools.add(pool);
    Books.register(pool, book);
  }

  Exported export() {
    return new Exported(reader.collectAllMetrics());
  }

  /** A building of 300 bytes, measured by a meter that knows nothing else. */
  static void build(ObjectBook book) {
    Prices.current(new Prices(30, 1, Map.of(64L, 9.0), Map.of()));
    AtomicLong allocated = new AtomicLong();
    Costs.meter(new ScriptedMeter(() -> allocated.getAndAdd(300), 64));
    long ticket = book.costs().building();
    long classes = Costs.classes(ticket);
    book.costs().built(ticket, classes, Costs.clock(ticket), null, null, new Object());
  }
}
