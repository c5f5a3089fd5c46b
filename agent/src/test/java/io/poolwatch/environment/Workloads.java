package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.PoolRow;

/** The two services that most environments run, and what the agent must say about them. */
final class Workloads {
  static final String ORDERS = "example.orders.OrderService";
  static final String BUFFERS = "example.buffers.BufferService";

  private Workloads() {}

  /** The service's own output, and the same figures from the agent. */
  static void assertOrders(ForkedRun run) {
    run.succeeded();
    assertThat(run.out())
        .as("%s", run)
        .isEqualToNormalizingNewlines(
            "exhausted\n"
                + "uses 500500\n"
                + "borrowed 1007 created 7 destroyed 3 idle 4 active 0\n");
    run.withoutComplaint();
    PoolRow orders = run.pool("commons_pool2");
    // 1 007 that the pool counts, and the one that found it exhausted.
    assertThat(orders.borrows).as("%s", run).isEqualTo(1008);
    // 1 001 of them hits, rounded down.
    assertThat(orders.hitPercent).isEqualTo("99.3");
    assertThat(orders.created).isEqualTo(7);
    assertThat(orders.removed).isEqualTo(3);
    assertThat(orders.reasons).contains("capacity 2").contains("invalidated 1");
    assertThat(orders.idle).isEqualTo(4);
    assertThat(orders.used).isZero();
  }

  /** The same for the Recycler; every object is admitted only with a ratio of 0. */
  static void assertBuffers(ForkedRun run) {
    run.succeeded();
    assertThat(run.out()).as("%s", run).isEqualToNormalizingNewlines("made 3\n");
    run.withoutComplaint();
    PoolRow buffers = run.pool("netty_recycler");
    assertThat(buffers.borrows).as("%s", run).isEqualTo(1003);
    assertThat(buffers.hitPercent).isEqualTo("99.7");
    assertThat(buffers.created).isEqualTo(3);
    assertThat(buffers.idle).isEqualTo(3);
    assertThat(buffers.used).isZero();
    assertThat(buffers.removed).isZero();
  }
}
