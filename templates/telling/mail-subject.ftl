<#if demonstration!false>Demonstration, not trusted: </#if><#if test>Test<#else>${news.word}</#if>: ${news.subject}<#if organisation??> (${organisation})</#if>
