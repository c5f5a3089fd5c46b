package io.poolwatch.otel;

import static io.poolwatch.otel.Instrument.COUNTER;
import static io.poolwatch.otel.Instrument.DOUBLE_COUNTER;
import static io.poolwatch.otel.Instrument.GAUGE;
import static io.poolwatch.otel.Instrument.HISTOGRAM;
import static io.poolwatch.otel.Instrument.UP_DOWN_COUNTER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Every metric there is: the single source of names, units and attributes. The names are frozen;
 * {@code docs/metrics.md} is rendered from this enum, and a test compares the two.
 */
public enum PoolwatchMetric {
  /** Borrows by outcome. */
  BORROWS(
      "poolwatch.borrows",
      COUNTER,
      "{borrow}",
      "Borrows, by how they ended.",
      pool(MetricAttribute.BORROW_OUTCOME)),
  /** Misses by cause. */
  MISSES(
      "poolwatch.misses",
      COUNTER,
      "{miss}",
      "Borrows that found no pooled object, by cause; they add up to the borrows with outcome miss.",
      pool(MetricAttribute.MISS_CAUSE)),
  /** Hit ratio of the last full minute. */
  HIT_RATIO(
      "poolwatch.hit.ratio",
      GAUGE,
      "1",
      "Hits over borrows in the last full minute, the same for every reader; absent when nothing was"
          + " borrowed. For eyes; build alerts on poolwatch.borrows.",
      pool()),
  /** Returns by outcome. */
  RETURNS(
      "poolwatch.returns",
      COUNTER,
      "{return}",
      "Returns, by how they ended.",
      pool(MetricAttribute.RETURN_OUTCOME)),
  /** Objects made. */
  OBJECT_CREATED(
      "poolwatch.object.created",
      COUNTER,
      "{object}",
      "Objects made; the live ones and the removed ones.",
      pool()),
  /** Objects parted with. */
  OBJECT_REMOVED(
      "poolwatch.object.removed",
      COUNTER,
      "{object}",
      "Objects that the pool parted with, by reason.",
      pool(MetricAttribute.REMOVAL_REASON)),
  /** Live objects. */
  OBJECT_COUNT(
      "poolwatch.object.count",
      UP_DOWN_COUNTER,
      "{object}",
      "Live objects, by state.",
      pool(MetricAttribute.OBJECT_STATE)),
  /** Keys asked for. */
  KEY_COUNT(
      "poolwatch.key.count",
      UP_DOWN_COUNTER,
      "{key}",
      "Different keys that a keyed pool was asked for in the last full tick (collapse.tick, ten seconds); an upper end for"
          + " keys of the service's own classes, see [causes](causes.md#keys). Absent for pools"
          + " without keys.",
      pool()),
  /** Idle objects under keys that nobody asks for. */
  KEY_IDLE(
      "poolwatch.key.idle",
      UP_DOWN_COUNTER,
      "{object}",
      "Idle objects under keys that nobody asked for in that tick.",
      pool()),
  /** Keys that objects began to be kept under. */
  KEY_OPENED(
      "poolwatch.key.opened",
      COUNTER,
      "{key}",
      "How often a keyed pool began to keep objects under a key, which may be one that it had"
          + " forgotten with its last object.",
      pool()),
  /** Bytes of live objects. */
  OBJECT_SIZE(
      "poolwatch.object.size",
      UP_DOWN_COUNTER,
      "By",
      "Heap that live objects take, by state: their number times the mean size of those that were"
          + " looked at. An estimate, of the object and the array it holds where it is one of the"
          + " JDK's buffers or builders; see worth.md. Absent until one was looked at.",
      pool(MetricAttribute.OBJECT_STATE)),
  /** Limits of the pools. */
  OBJECT_LIMIT(
      "poolwatch.object.limit",
      UP_DOWN_COUNTER,
      "{object}",
      "How many objects the pools of that name may keep idle, and have in total; absent as soon as"
          + " one of them is unlimited.",
      pool(MetricAttribute.LIMIT_STATE)),
  /** Waiting borrowers. */
  PENDING_REQUESTS(
      "poolwatch.pending_requests",
      UP_DOWN_COUNTER,
      "{request}",
      "Threads waiting for an object; only for pools whose borrowers can wait.",
      pool()),
  /** Time to get an object. */
  BORROW_DURATION(
      "poolwatch.borrow.duration", HISTOGRAM, "s", "Time to get an object, sampled.", pool()),
  /** Time from borrow to return. */
  LOAN_DURATION(
      "poolwatch.loan.duration", HISTOGRAM, "s", "Time from borrow to return, sampled.", pool()),
  /** Validations by outcome. */
  VALIDATIONS(
      "poolwatch.validations",
      COUNTER,
      "{validation}",
      "Validations, by how they ended; only for pools that validate.",
      pool(MetricAttribute.VALIDATION_OUTCOME)),
  /** Objects promoted. */
  PROMOTIONS(
      "poolwatch.promotions",
      COUNTER,
      "{object}",
      "Objects that came into the old generation, by how; absent where the JVM does not tell. See"
          + " [the old generation](figures.md#the-old-generation).",
      pool(MetricAttribute.PROMOTION_KIND)),
  /** Live objects in the old generation. */
  TENURED_COUNT(
      "poolwatch.tenured.count",
      UP_DOWN_COUNTER,
      "{object}",
      "Live objects that lie in the old generation, by state, at the export.",
      pool(MetricAttribute.OBJECT_STATE)),
  /** Objects removed after promotion. */
  TENURED_REMOVED(
      "poolwatch.tenured.removed",
      COUNTER,
      "{object}",
      "Objects that the pool parted with after they had been promoted: garbage that only an old"
          + " collection frees.",
      pool()),
  /** Between what an estimate lies. */
  TENURED_BOUND(
      "poolwatch.tenured.bound",
      UP_DOWN_COUNTER,
      "{object}",
      "Between what `poolwatch.tenured.count`, by state, and `poolwatch.tenured.removed` lie in 95"
          + " of 100 cases, where they are estimates; that there is one marks them as such. Absent"
          + " where they are exact. See [the old generation](figures.md#the-old-generation).",
      pool(MetricAttribute.TENURED_BOUND)),
  /** Broken contracts. */
  VIOLATIONS(
      "poolwatch.violations",
      COUNTER,
      "{violation}",
      "Broken contracts between the pool and its users, by kind; what each kind means, and what is"
          + " not seen, is in violations.md.",
      pool(MetricAttribute.VIOLATION)),

  /** Bytes not allocated. */
  ALLOCATION_AVOIDED(
      "poolwatch.allocation.avoided",
      COUNTER,
      "By",
      "Bytes that building anew what was served from the pool would have allocated: hits times"
          + " bytes that building one allocates, measured on sampled buildings. Absent until one"
          + " was measured.",
      pool()),
  /** Time not spent on building. */
  TIME_SAVED(
      "poolwatch.time.saved",
      DOUBLE_COUNTER,
      "s",
      "Time that building anew what was served from the pool would have taken: hits times time to"
          + " build one, measured on sampled buildings, or, where the clock is too coarse for it,"
          + " in loops on this JVM. An estimate; absent until known.",
      pool()),
  /** Time spent on borrowing. */
  TIME_PAID(
      "poolwatch.time.paid",
      DOUBLE_COUNTER,
      "s",
      "Time that borrows took, waiting and validating included, building not: borrows times the"
          + " sampled mean; of pools whose borrows are too short for the clock, with the returns,"
          + " as measured in loops on this JVM on a pool of the same kind. An estimate; absent"
          + " until known.",
      pool()),
  /** How the hit rate is doing. */
  COLLAPSE_STATE(
      "poolwatch.collapse.state",
      UP_DOWN_COUNTER,
      "{pool}",
      "How the hit rate is doing, as the agent judges every ten seconds: 1 for the present state, 0"
          + " for the others.",
      pool(MetricAttribute.COLLAPSE_STATE)),
  /** Evidence of a fall. */
  COLLAPSE_SCORE(
      "poolwatch.collapse.score",
      GAUGE,
      "{score}",
      "Evidence that the hit rate has fallen, over what is needed: 0 for none, 1 and more for no"
          + " doubt.",
      pool()),

  /** Classes woven. */
  AGENT_CLASSES_WOVEN(
      "poolwatch.agent.classes.woven",
      COUNTER,
      "{class}",
      "Pool classes that the agent wove.",
      list(MetricAttribute.POOL_SYSTEM)),
  /** Classes refused. */
  AGENT_CLASSES_REFUSED(
      "poolwatch.agent.classes.refused",
      COUNTER,
      "{class}",
      "Classes that looked like a pool's but lacked a member that the agent needs; left as they"
          + " were.",
      list(MetricAttribute.POOL_SYSTEM)),
  /** Time spent weaving. */
  AGENT_WEAVING_TIME(
      "poolwatch.agent.weaving.time",
      DOUBLE_COUNTER,
      "s",
      "Time spent weaving, on the threads that loaded the classes.",
      list()),
  /** Failures of the agent. */
  AGENT_FAILURES(
      "poolwatch.agent.failures",
      COUNTER,
      "{failure}",
      "Failures of the agent's own code; none of them reached the service.",
      list(MetricAttribute.POOL_SYSTEM, MetricAttribute.FAILURE_KIND)),
  /** Samples of durations. */
  AGENT_SAMPLES(
      "poolwatch.agent.samples",
      COUNTER,
      "{sample}",
      "Timed borrows and loans, taken, and dropped because the buffer was full.",
      list(MetricAttribute.SAMPLE_OUTCOME)),
  /** Pools beyond the limit on names. */
  AGENT_POOLS_OVERFLOWED(
      "poolwatch.agent.pools.overflowed",
      COUNTER,
      "{pool}",
      "Pools reported under the name other, because there were too many names.",
      list()),
  /** Collections that the agent has followed. */
  AGENT_COLLECTIONS(
      "poolwatch.agent.collections",
      COUNTER,
      "{collection}",
      "Collections since the first pool was seen, by how well it is known what they promoted; absent"
          + " where the collector does not tell.",
      list(MetricAttribute.COLLECTION_KIND, MetricAttribute.COLLECTION_OUTCOME)),
  /** Exports by outcome. */
  AGENT_EXPORTS(
      "poolwatch.agent.exports",
      COUNTER,
      "{export}",
      "Pushes of metrics to the configured receiver, by how they ended.",
      list(MetricAttribute.EXPORT_OUTCOME));

  private final String metricName;
  private final Instrument instrument;
  private final String unit;
  private final String description;
  private final List<MetricAttribute> attributes;

  PoolwatchMetric(
      String metricName,
      Instrument instrument,
      String unit,
      String description,
      List<MetricAttribute> attributes) {
    this.metricName = metricName;
    this.instrument = instrument;
    this.unit = unit;
    this.description = description;
    this.attributes = attributes;
  }

  /** The metric's name, frozen. */
  public String metricName() {
    return metricName;
  }

  /** What kind of instrument it is. */
  public Instrument instrument() {
    return instrument;
  }

  /** Its unit, in the notation of UCUM. */
  public String unit() {
    return unit;
  }

  /** What it says, in one sentence. */
  public String description() {
    return description;
  }

  /** The attributes its series bear. */
  public List<MetricAttribute> attributes() {
    return attributes;
  }

  private static List<MetricAttribute> pool(MetricAttribute... further) {
    List<MetricAttribute> all = new ArrayList<>();
    all.add(MetricAttribute.POOL_NAME);
    all.add(MetricAttribute.POOL_SYSTEM);
    all.add(MetricAttribute.POOL_OBJECT_TYPE);
    Collections.addAll(all, further);
    return Collections.unmodifiableList(all);
  }

  private static List<MetricAttribute> list(MetricAttribute... attributes) {
    return Collections.unmodifiableList(Arrays.asList(attributes));
  }
}
