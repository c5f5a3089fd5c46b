package example.oddclasses;

import java.io.Serializable;

/** A record; its accessors are uses. */
record RecordPart(int first, String second) implements Serializable {}
