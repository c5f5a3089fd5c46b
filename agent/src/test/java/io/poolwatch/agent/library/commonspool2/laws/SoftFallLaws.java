package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.collapse.FallRig;
import io.poolwatch.agent.library.commonspool2.Law;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** The same of soft pools. */
public class SoftFallLaws {
  private static final int CALLS = 200;

  private final FallRig rig = FallRig.create();
  private final ToyFactory factory = new ToyFactory();
  private final SoftReferenceObjectPool<Toy> pool = new SoftReferenceObjectPool<>(factory);

  /** Of a soft pool. */
  public SoftFallLaws() {}

  /** Nothing is left to compare. */
  public final void settle() {}

  private void calls() throws Exception {
    for (int call = 0; call < CALLS; call++) {
      pool.returnObject(pool.borrowObject());
    }
  }

  @Law
  public void aPoolThatIsEmptiedIsCleared() throws Throwable {
    rig.usually(this::calls);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int call = 0; call < CALLS; call++) {
                    pool.returnObject(pool.borrowObject());
                    if (call % 4 == 0) {
                      pool.clear();
                    }
                  }
                }))
        .isEqualTo("cleared");
  }

  @Law
  public void failedTestsAreInvalid() throws Throwable {
    factory.whileMaking = () -> factory.valid = true;
    rig.usually(this::calls);
    assertThat(
            rig.fallsFor(
                () -> {
                  for (int call = 0; call < CALLS; call++) {
                    factory.valid = call % 4 != 0;
                    pool.returnObject(pool.borrowObject());
                    factory.valid = true;
                  }
                }))
        .isEqualTo("invalid");
  }
}
