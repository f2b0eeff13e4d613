<#if test>:information_source: *Test*<#elseif news.good>:white_check_mark: *${news.word}*<#else>:x: *${news.word}*</#if>: ${news.subject} – ${news.what}
<#if news.problem??>
What to do: ${news.problem.remedy}
</#if>
<#if news.drill??>
${news.drill}, ${news.at}
<#else>
${news.at}
</#if>
