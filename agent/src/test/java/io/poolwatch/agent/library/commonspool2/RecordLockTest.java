package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In every release a record is lent and taken back under its own lock, so that of two threads one
 * gets as far as the hook: that is why a life is written without a compare-and-set.
 */
class RecordLockTest {
  static Iterable<String> releases() {
    return Version.RUNNABLE;
  }

  @ParameterizedTest
  @MethodSource("releases")
  void recordIsLentAndTakenBackUnderItsLock(String version) throws Exception {
    Class<?> record =
        Version.woven(version).loadClass("org.apache.commons.pool2.impl.DefaultPooledObject");

    for (String step : new String[] {"allocate", "deallocate", "invalidate", "markReturning"}) {
      assertThat(Modifier.isSynchronized(record.getMethod(step).getModifiers())).as(step).isTrue();
    }
  }
}
