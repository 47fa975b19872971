package io.sapper.audit;

import io.sapper.audit.AuditOutcome.Verdict;

/** What one kind of search comes to, and why, for people. */
public record Decision(Verdict verdict, String sentence) {}
