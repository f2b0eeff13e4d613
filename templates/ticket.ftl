# ${conclusion.symbol} ${conclusion.word}: recovery drill ${quoted.recordControl.id}

${quoted.recordControl.runbook.title}, system ${quoted.scope.system}. Disaster assumed at ${quoted.scenario.disaster!"an unknown moment"}.

<#if record.recordControl.tool.demonstration>
**Demonstration key, not trusted: this shows what Muster does, and proves nothing.**

</#if>
${conclusion.meaning} <#if conclusion.checks == 0>No check was reached.<#else>${conclusion.checksPassed} of ${conclusion.checks} checks passed.</#if>

## Objectives

<#list quoted.verdict.objectives as objective>
- ${objective.process!"Whole system"}, <#if record.verdict.objectives[objective?index].objective == "rpo">recovery point<#else>recovery time</#if>: ${objective.achieved!"not measured"}, target ${objective.target!"none"} – <#if objective.met??><#if objective.met>✓ met<#else>**✕ missed**</#if><#elseif objective.achieved??>no target<#else>? not measured</#if>
<#else>
None.
</#list>
<#assign checks = record.integrity.checks + record.workflows.checks>
<#assign quotedChecks = quoted.integrity.checks + quoted.workflows.checks>

## What failed, and what to do

<#list quoted.findings.problems as problem>
- ${problem.what}<#if problem.where?has_content>, at ${problem.where}</#if><#if problem.remedy?has_content>. What to do: ${problem.remedy}</#if>
</#list>
<#assign failed = 0>
<#list checks as check>
<#if check.verdict != "PASSED">
<#assign failed++>
<#if failed <= 20>
- Check ${quotedChecks[check?index].name} <#if check.verdict == "FAILED">**✕ failed**<#elseif check.verdict == "COULD_NOT_RUN">? could not run<#else>■ was aborted</#if><#if quotedChecks[check?index].problem??>: ${quotedChecks[check?index].problem.what}<#if quotedChecks[check?index].problem.where?has_content>, at ${quotedChecks[check?index].problem.where}</#if><#if quotedChecks[check?index].problem.remedy?has_content>. What to do: ${quotedChecks[check?index].problem.remedy}</#if></#if>
</#if>
</#if>
</#list>
<#if failed gt 20>
- ${failed - 20} more checks; the report has all of them.
</#if>
<#if failed == 0 && !record.findings.problems?has_content>
Nothing failed.
</#if>

## Findings

<#list quoted.findings.findings as finding>
<#if finding?index lt 20>
- ${finding.severity}: ${finding.what}<#if finding.remedy?has_content>. What to do: ${finding.remedy}</#if>
</#if>
<#else>
None apart from what the checks found.
</#list>

## What this does not show

<#list quoted.verdict.doesNotShow as sentence>
- ${sentence}
</#list>

## What was noted later

<#list followUps as one>
- ${one.kind}, ${one.at}: ${one.says}. Signed ${one.signed}.
<#else>
Nothing so far.
</#list>

---

Made from ${quoted.recordControl.id}, whose bundle `drill-….zip` is signed; this text is not. Check the bundle with `muster verify`.
