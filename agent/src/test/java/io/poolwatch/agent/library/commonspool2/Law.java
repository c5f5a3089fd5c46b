package io.poolwatch.agent.library.commonspool2;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method of a law class: it is run on every release in its range. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Law {
  /** The first release on which this holds. */
  String since() default "2.0";

  /** The first release on which this holds no more. */
  String before() default "3";

  /** Whether it needs what hangs on the objects themselves, which late weaving does not reach. */
  boolean ofObjects() default false;
}
