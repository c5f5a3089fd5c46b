package io.poolwatch.fork;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs with {@code -Pmatrix} alone; else it is among those that were not run, with the reason. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Matrix.Condition.class)
public @interface Matrix {
  /** Why not always. */
  String value();

  /** Asks whether the matrix was asked for. Thread-safe. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Boolean.getBoolean("matrix")) {
        return ConditionEvaluationResult.enabled("-Pmatrix");
      }
      return AnnotationSupport.findAnnotation(context.getElement(), Matrix.class)
          .map(left -> ConditionEvaluationResult.disabled(left.value() + ": run with -Pmatrix"))
          .orElseGet(() -> ConditionEvaluationResult.enabled("no part of the matrix"));
    }
  }
}
