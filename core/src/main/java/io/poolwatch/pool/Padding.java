package io.poolwatch.pool;

/**
 * A cache line in front of the fields of a subclass. The JVM lays out a superclass's fields before
 * its subclass's, so two objects that the collector moved next to each other do not share the line
 * that each one's thread writes all the time.
 */
@SuppressWarnings({"unused", "MultiVariableDeclaration"})
abstract class Padding {
  long p0;
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;
}
