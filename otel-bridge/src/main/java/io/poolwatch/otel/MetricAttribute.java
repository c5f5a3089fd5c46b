package io.poolwatch.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.ValidationOutcome;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseState;
import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.CollectionKind;
import io.poolwatch.gc.PromotionKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every attribute that a metric may bear, with the values it may have. All are low in cardinality:
 * there is none for an object, a key, a thread or a stack.
 */
public enum MetricAttribute {
  /** Name of the pool. */
  POOL_NAME("poolwatch.pool.name", "short, stable from run to run"),
  /** The pool library. */
  POOL_SYSTEM("poolwatch.pool.system", "`commons_pool2`, `netty_recycler`, `thread_local`, …"),
  /** Class of what is pooled; absent where it was not known at the pool's first export. */
  POOL_OBJECT_TYPE("poolwatch.pool.object.type", "a class name, where known"),
  /** How a borrow ended. */
  BORROW_OUTCOME("poolwatch.outcome", labelsOf(BorrowOutcome.values(), BorrowOutcome::label)),
  /** Why a borrow was a miss. */
  MISS_CAUSE("poolwatch.cause", labelsOf(MissCause.values(), MissCause::label)),
  /** How a return ended. */
  RETURN_OUTCOME("poolwatch.outcome", labelsOf(ReturnOutcome.values(), ReturnOutcome::label)),
  /** Why an object was removed. */
  REMOVAL_REASON("poolwatch.reason", labelsOf(RemovalReason.values(), RemovalReason::label)),
  /** Where a live object is. */
  OBJECT_STATE("poolwatch.state", Arrays.asList("idle", "used")),
  /** Which bound of which figure. */
  TENURED_BOUND(
      "poolwatch.bound",
      Arrays.asList(
          "idle_least", "idle_most", "used_least", "used_most", "removed_least", "removed_most")),
  /** How an object came into the old generation. */
  PROMOTION_KIND(
      "poolwatch.promotion.kind", labelsOf(PromotionKind.values(), PromotionKind::label)),
  /** What a limit bounds. */
  LIMIT_STATE("poolwatch.state", Arrays.asList("idle", "total")),
  /** How a validation ended. */
  VALIDATION_OUTCOME(
      "poolwatch.outcome", labelsOf(ValidationOutcome.values(), ValidationOutcome::label)),
  /** Which contract was broken. */
  VIOLATION("poolwatch.violation", labelsOf(ViolationKind.values(), ViolationKind::label)),
  /** How a hit rate is doing. */
  COLLAPSE_STATE(
      "poolwatch.collapse.state", labelsOf(CollapseState.values(), CollapseState::label)),
  /** Which part of the agent failed. */
  FAILURE_KIND("poolwatch.failure", labelsOf(AgentFailure.values(), AgentFailure::label)),
  /** What became of a sample. */
  SAMPLE_OUTCOME("poolwatch.outcome", Arrays.asList("taken", "dropped")),
  /** What was collected. */
  COLLECTION_KIND("poolwatch.collection", labelsOf(CollectionKind.values(), CollectionKind::label)),
  /** How well it is known what a collection promoted. */
  COLLECTION_OUTCOME("poolwatch.outcome", labelsOf(Certainty.values(), Certainty::label)),
  /** How an export ended. */
  EXPORT_OUTCOME("poolwatch.outcome", Arrays.asList("success", "failure"));

  private final AttributeKey<String> key;
  private final List<String> values;
  private final String meaning;

  MetricAttribute(String name, String meaning) {
    this.key = AttributeKey.stringKey(name);
    this.values = Collections.emptyList();
    this.meaning = meaning;
  }

  MetricAttribute(String name, List<String> values) {
    this.key = AttributeKey.stringKey(name);
    this.values = Collections.unmodifiableList(values);
    this.meaning =
        values.stream().map(value -> '`' + value + '`').collect(Collectors.joining(", "));
  }

  /** The attribute's key. */
  public AttributeKey<String> key() {
    return key;
  }

  /** All values it may have, in the order of the enum behind them; empty if they are open. */
  public List<String> labels() {
    return values;
  }

  /** Its values in words, for the metrics reference. */
  public String meaning() {
    return meaning;
  }

  private static <E> List<String> labelsOf(E[] constants, Function<E, String> label) {
    return Arrays.stream(constants).map(label).collect(Collectors.toList());
  }
}
