package io.poolwatch.servers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips, with the reason, where servers were not asked for. */
final class ServersCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Programs.asked()) {
      return ConditionEvaluationResult.enabled("servers were asked for");
    }
    String names =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsServers.class)
            .map(needs -> String.join(", ", needs.value()))
            .orElse("servers");
    return ConditionEvaluationResult.disabled("needs " + names + ": ./test --servers");
  }
}
