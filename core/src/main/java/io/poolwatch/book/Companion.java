package io.poolwatch.book;

/**
 * What somebody else keeps beside one object's life and finds through it. A life holds it and never
 * looks into it; it must not keep the object alive.
 */
public interface Companion {}
