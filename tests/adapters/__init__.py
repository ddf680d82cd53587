"""Tests of what each adapter makes of bytes."""
