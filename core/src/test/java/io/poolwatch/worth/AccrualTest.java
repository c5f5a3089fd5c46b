package io.poolwatch.worth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccrualTest {
  private static final Prices PRICES =
      new Prices(30, 500, Map.of(64L, 9.0, 1024L, 120.0), Map.of("fast", 10.0));

  private final Costs costs = new Costs();
  private final Accrual accrual = new Accrual();
  private long allocated = 1_000;
  private long classes = 10;

  @AfterEach
  void closeMeter() {
    Costs.meter(null);
  }

  @Test
  void nothingIsKnownBeforeABuildingWasMeasured() {
    accrual.accrue("slow", 1_000, 1_000, PRICES);

    Worth worth = accrual.worth(3, 4);
    assertThat(worth.allocationAvoided()).isNegative();
    assertThat(worth.nanosSaved()).isNaN();
    assertThat(worth.nanosPaid()).isNaN();
    assertThat(worth.idleBytes()).isNegative();
  }

  @Test
  void hitsBeforeTheFirstPriceAreValuedAtIt() {
    accrual.accrue("slow", 1_000, 1_000, PRICES);
    accrual.buildings().add(0, 5_000_000, 700, 48, false);
    accrual.accrue("slow", 1_010, 1_010, PRICES);

    assertThat(accrual.worth(0, 0).allocationAvoided()).isEqualTo(1_010 * 700);
    assertThat(accrual.worth(0, 0).nanosSaved()).isEqualTo(1_010 * (5_000_000.0 - 30));
  }

  @Test
  void whatWasAddedIsNeverRecomputed() {
    accrual.buildings().add(0, 1_000_000, 1_000, 48, false);
    accrual.accrue("slow", 100, 100, PRICES);
    for (int i = 0; i < 64; i++) {
      accrual.buildings().add(0, 1_000_000, 10, 48, false);
    }
    accrual.accrue("slow", 200, 200, PRICES);

    assertThat(accrual.worth(0, 0).allocationAvoided()).isEqualTo(100 * 1_000 + 100 * 10);
  }

  @Test
  void buildingThatLoadedClassesSaysNothingButTheSize() {
    accrual.buildings().add(0, 90_000_000, 800_000, 48, true);
    accrual.accrue("slow", 100, 100, PRICES);

    assertThat(accrual.worth(2, 1).allocationAvoided()).isNegative();
    assertThat(accrual.worth(2, 1).idleBytes()).isEqualTo(96);
    assertThat(accrual.worth(2, 1).usedBytes()).isEqualTo(48);
  }

  @Test
  void classesThatEachBuildingSeesLoadedAreOthersOrItsOwn() {
    for (int i = 0; i < 3; i++) {
      accrual.buildings().add(i * 1_000, 1_000, 800_000, 48, true);
      assertThat(accrual.buildings().weighed()).isZero();
    }
    accrual.buildings().add(3_000, 1_000, 700, 48, true);

    assertThat(accrual.buildings().bytes()).isEqualTo(700);
    assertThat(accrual.buildings().nanos()).isEqualTo(1_000);
  }

  @Test
  void buildingsThatWaitForOneClassTogetherSayNothing() {
    for (int i = 0; i < 8; i++) {
      accrual.buildings().add(i, 1_000, 800_000, 48, true);
    }

    assertThat(accrual.buildings().weighed()).isZero();
    assertThat(accrual.buildings().loading()).isEqualTo(8);
  }

  @Test
  void buildingThatLoadedNoClassOutweighsAllThatDid() {
    for (int i = 0; i < 5; i++) {
      accrual.buildings().add(i * 1_000, 1_000, 800_000, 48, true);
    }
    accrual.buildings().add(5_000, 400, 64, 48, false);
    accrual.buildings().add(6_000, 1_000, 800_000, 48, true);

    assertThat(accrual.buildings().bytes()).isEqualTo(64);
    assertThat(accrual.buildings().nanos()).isEqualTo(400);
    assertThat(accrual.buildings().weighed()).isEqualTo(1);
  }

  @Test
  void whatAFewBuildingsAllocatedOnceIsLeftOut() {
    built(10, 10_504);
    built(1, 12_880);
    built(8, 10_504);

    assertThat(accrual.buildings().bytes()).isEqualTo(10_504);
  }

  @Test
  void whatStandsAloneAboveTheOthersIsLeftOutThoughTheseDiffer() {
    built(13, 11_360);
    built(1, 11_472);
    built(1, 13_736);
    built(1, 12_160);

    assertThat(accrual.buildings().bytes()).isEqualTo((13 * 11_360 + 11_472) / 14.0);
  }

  @Test
  void oneBuildingInEightIsLeftOutAtMost() {
    built(7, 1_000);
    built(1, 3_000);
    assertThat(accrual.buildings().bytes()).isEqualTo(1_000);
    built(1, 9_000);
    assertThat(accrual.buildings().bytes()).isEqualTo((7 * 1_000 + 3_000) / 8.0);
  }

  @Test
  void whatComesAgainCounts() {
    built(18, 1_000);
    built(2, 9_000);

    assertThat(accrual.buildings().bytes()).isEqualTo((18 * 1_000 + 2 * 9_000) / 20.0);
  }

  @Test
  void buildingsOfAllSizesCount() {
    for (int i = 1; i <= 20; i++) {
      built(1, 100 * i);
    }

    assertThat(accrual.buildings().bytes()).isEqualTo(1_050);
  }

  @Test
  void whatIsRareCountsOnceManyWereMeasured() {
    built(128, 1_000);
    built(1, 65_000);

    assertThat(accrual.buildings().bytes()).isEqualTo(2_000);
  }

  private void built(int buildings, long bytes) {
    for (int i = 0; i < buildings; i++) {
      accrual.buildings().add(0, 1_000, bytes, 48, false);
    }
  }

  @Test
  void buildingThatTookNoLongerThanAnAllocationIsPricedAsOne() {
    accrual.buildings().add(0, 900, 64, 64, false);
    accrual.accrue("fast", 1_000, 1_000, PRICES);

    assertThat(accrual.worth(0, 0).nanosSaved()).isEqualTo(9_000);
    assertThat(accrual.worth(0, 0).nanosPaid()).isEqualTo(10_000);
  }

  @Test
  void borrowsThatWereTimedArePricedByTheirMeanWithoutTheClock() {
    costs.borrowed(300);
    costs.borrowed(360);
    accrual.read(costs);
    accrual.accrue("fast", 0, 100, PRICES);

    assertThat(accrual.worth(0, 0).nanosPaid()).isEqualTo(100 * 300.0);
  }

  @Test
  void slowFewDoNotMakeATimeLong() {
    for (int i = 0; i < 10; i++) {
      accrual.buildings().add(0, i < 6 ? 2_000_030 : 80_000_000, 100, 48, false);
    }
    accrual.accrue("slow", 10, 10, PRICES);

    assertThat(accrual.worth(0, 0).nanosSaved()).isEqualTo(10 * 2_000_000.0);
  }

  @Test
  void sizesBetweenTwoThatWereMeasuredArePricedInProportion() {
    assertThat(PRICES.allocation(64)).isEqualTo(9);
    assertThat(PRICES.allocation(544)).isCloseTo((9 + 120) / 2.0, within(1e-9));
    assertThat(PRICES.allocation(10)).isEqualTo(9);
    assertThat(PRICES.allocation(2_048)).isEqualTo(240);
  }

  @Test
  void nothingIsMeasuredNorGrantedAwayBeforeThereIsAMeter() {
    assertThat(measured(100)).isZero();

    Costs.meter(new FakeMeter());

    assertThat(measured(100)).isEqualTo(32);
  }

  @Test
  void firstBuildingsAreMeasuredThenAsManyAsAreGranted() {
    Costs.meter(new FakeMeter());
    assertThat(measured(100)).isEqualTo(32);
    assertThat(measured(100)).isZero();
    costs.refill();
    assertThat(measured(100)).isEqualTo(4);
    int inTenMinutes = 0;
    for (int second = 0; second < 600; second++) {
      costs.refill();
      inTenMinutes += measured(100);
    }
    assertThat(inTenMinutes).isBetween(100, 200);
  }

  private int measured(int buildings) {
    int measured = 0;
    for (int i = 0; i < buildings; i++) {
      measured += costs.building() == Costs.NOT_MEASURED ? 0 : 1;
    }
    return measured;
  }

  @Test
  void bytesAreTheThreadsWithoutTheReadingsAndTheWrappers() {
    Costs.meter(new FakeMeter());
    long ticket = costs.building();
    long before = Costs.classes(ticket);
    long start = Costs.clock(ticket);
    allocated += 500;
    costs.built(ticket, before, start, new Object(), new Object(), "object");
    accrual.read(costs);

    assertThat(accrual.buildings().bytes()).isEqualTo(500 - 16 - 40 - 40);
    assertThat(accrual.buildings().size()).isEqualTo(40);
    assertThat(accrual.buildings().timed()).isEqualTo(1);
  }

  @Test
  void buildingInWhichClassesAreLoadedIsKnownAsThat() {
    Costs.meter(new FakeMeter());
    long ticket = costs.building();
    long before = Costs.classes(ticket);
    long start = Costs.clock(ticket);
    classes++;
    costs.built(ticket, before, start, null, null, "object");
    accrual.read(costs);

    assertThat(accrual.buildings().loading()).isEqualTo(1);
    assertThat(accrual.buildings().weighed()).isZero();
  }

  @Test
  void samplesThatNobodyTakesAreLetGo() {
    Costs.meter(new FakeMeter());
    for (int i = 0; i < 10_000; i++) {
      costs.sized("object");
    }
    accrual.read(costs);

    assertThat(accrual.buildings().sized()).isBetween(1L, 64L);
  }

  private final class FakeMeter implements Meter {
    @Override
    public long allocated() {
      return allocated;
    }

    @Override
    public long allocatedByReading() {
      return 16;
    }

    @Override
    public long classesLoaded() {
      return classes;
    }

    @Override
    public long sizeOf(Object object) {
      return 40;
    }
  }
}
