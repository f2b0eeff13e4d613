<#if demonstration!false>
DEMONSTRATION: signed with a key that nobody should trust.

</#if>
<#if test>A test<#else>${news.word}</#if>: ${news.subject}
${news.at}

${news.what}
<#if news.problem??>

What is wrong: ${news.problem.what}<#if news.problem.where?has_content> (${news.problem.where})</#if>
What to do:    ${news.problem.remedy}
</#if>
<#if drill??>

Drill:    ${news.drill}
Runbook:  ${drill.runbook}
<#if drill.bundle??>Evidence: ${drill.bundle}
</#if>
<#if classification??>For:      ${classification} readers
</#if>
<#if enclosed!false>The report is attached.
<#elseif drill.bundle??>The report is not attached. Read it with: muster report ${news.drill} --format pdf -o report.pdf
</#if>
</#if>
<#if report??>

----

${report}
</#if>
--
Sent by Muster<#if organisation??> for ${organisation}</#if>. Whether it was delivered to others: muster deliveries
