package io.poolwatch.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.examples.storefront.Storefront;
import io.poolwatch.examples.storefront.StorefrontParts;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

  @Test
  void reachesItsRateWithEveryRequestAnswered() throws Exception {
    try (Storefront storefront = Storefront.start(0, new StorefrontParts() {})) {
      URI url = URI.create("http://127.0.0.1:" + storefront.port());

      LoadReport report =
          LoadGenerator.run(url, "browse=1,order=1,lookup=1,quote=1", new Rate(50, 50), 8, 4);

      assertThat(report.requests()).isBetween(100L, 200L);
      assertThat(report.refused()).isZero();
      assertThat(report.failures()).isZero();
      assertThat(storefront.dataSource().getNumActive()).isZero();
      assertThat(storefront.connections().getBorrowedCount()).isPositive();
    }
  }

  @Test
  void mixLeavesOutWhatHasNoWeight() {
    Mix mix = Mix.parse("browse=0,order=3");

    for (int i = 0; i < 50; i++) {
      assertThat(mix.next(new Random(i))).isEqualTo(Action.ORDER);
    }
  }

  @Test
  void mixThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> Mix.parse("browse=1,steal=2")).hasMessageContaining("steal=2");
    assertThatThrownBy(() -> Mix.parse("order=many")).hasMessageContaining("order=many");
    assertThatThrownBy(() -> Mix.parse("order=0")).hasMessageContaining("no weight");
  }
}
