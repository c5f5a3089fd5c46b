package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;

/** What the agent says of a bundled pool, against the pool's own counts and the test's. */
class ThreadLocalPoolLibraryTest extends WatchedPools {
  @Test
  void aPoolIsReportedFromItsFirstUseOnUnderItsOwnNameAndWithTheClassOfItsObjects() {
    WovenPool pool = builder().build();
    assertThat(ledger.snapshot()).isEmpty();
    Object first = pool.get();
    pool.put(first);
    assertThat(pool.get()).isSameAs(first);
    PoolSnapshot snapshot = ledger.snapshot().get(0);
    assertThat(snapshot.identity().name()).isEqualTo(name);
    assertThat(snapshot.identity().system()).isEqualTo("thread_local");
    assertThat(snapshot.identity().objectType()).isEqualTo(Pooled.class.getName());
    Tally tally = snapshot.tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(1);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
    assertThat(tally.created()).isEqualTo(1);
    assertThat(tally.used()).isEqualTo(1);
    assertThat(tally.idle()).isZero();
  }

  @Test
  void aPoolThatIsFilledBeforeItIsAskedHasCreatedObjectsWithoutAMiss() {
    WovenPool pool = builder().build();
    pool.put(new Pooled());
    pool.put(new Pooled());
    Tally tally = tally();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.idle()).isEqualTo(2);
    assertThat(tally.borrows()).isZero();
    pool.get();
    assertThat(tally().used()).isEqualTo(1);
    assertThat(tally().created()).isEqualTo(2);
    assertThat(ledger.snapshot().get(0).identity().objectType()).isEqualTo(Pooled.class.getName());
  }

  @Test
  void whatDoesNotFitIsRemovedForCapacity() {
    WovenPool pool = builder().maxShared(3).build();
    take(pool, 10).forEach(pool::put);
    Tally tally = tally();
    assertThat(tally.idle()).isEqualTo(4);
    assertThat(tally.removed(RemovalReason.CAPACITY)).isEqualTo(6);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(6);
    assertThat(tally.used()).isZero();
  }

  @Test
  void aFactoryThatFailsIsAnErrorAndMakesNothing() {
    AtomicBoolean broken = new AtomicBoolean();
    WovenPool pool =
        WovenPool.builder(
                loader,
                () -> {
                  if (broken.get()) {
                    throw new IllegalArgumentException("planted");
                  }
                  return new Pooled();
                })
            .name(name)
            .build();
    pool.get();
    broken.set(true);
    assertThatThrownBy(pool::get)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("planted");
    assertThat(tally().borrows(BorrowOutcome.ERROR)).isEqualTo(1);
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void debugModesAndFailedResetsHaveTheirReasons() {
    WovenPool dropping = builder().dropPuts(1).build();
    dropping.put(dropping.get());
    assertThat(tally().removed(RemovalReason.NOT_ADMITTED)).isEqualTo(1);

    WovenPool twice = builder().detectDoublePut().build();
    Object one = twice.get();
    twice.put(one);
    assertThatThrownBy(() -> twice.put(one)).isInstanceOf(IllegalStateException.class);
    assertThat(tally().returns(ReturnOutcome.REJECTED)).isEqualTo(1);

    WovenPool broken =
        builder()
            .reset(
                object -> {
                  throw new IllegalArgumentException("planted");
                })
            .build();
    Object lost = broken.get();
    assertThatThrownBy(() -> broken.put(lost)).hasMessage("planted");
    assertThat(tally().removed(RemovalReason.ERROR)).isEqualTo(1);
    assertThat(tally().returns(ReturnOutcome.DISCARDED)).isEqualTo(2);
    Reference.reachabilityFence(dropping);
  }

  @Test
  void aPoolThatDoesNotAnnounceItselfIsRefusedByName() throws Exception {
    WovenLoader unknown =
        woven()
            .mutilate(
                "io.poolwatch.pool.ThreadLocalPool",
                bytes -> renamed(bytes, "announced", "somethingElse"));
    WovenPool pool = WovenPool.builder(unknown, Pooled::new).name(name).build();
    Object one = pool.get();
    pool.put(one);
    assertThat(pool.get()).isSameAs(one);
    assertThat(unknown.woven()).isEmpty();
    assertThat(unknown.refused())
        .singleElement()
        .asString()
        .contains("io/poolwatch/pool/ThreadLocalPool", "no method announced");
    assertThat(ledger.snapshot()).isEmpty();
  }

  private static byte[] renamed(byte[] classFile, String method, String to) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper() {
                  @Override
                  public String mapMethodName(String owner, String name, String descriptor) {
                    return name.equals(method) ? to : name;
                  }
                }),
            0);
    return writer.toByteArray();
  }
}
