<#if test>Test<#else>${news.word}</#if>: ${news.subject}<#if organisation??> (${organisation})</#if>
