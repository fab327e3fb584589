namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// A text that is no text for a customer is not sent, and each check can be switched off by its name.
/// </summary>
public sealed class TextCheckTests : RowRuns
{
    [Theory]
    [InlineData("{ \"Hi $($_.FirstNam)\" }", "ColumnUnknown", "Did you mean 'First Name'?")]
    [InlineData("{ \"Hi $($_.'Last login')\" }", "ColumnUnknown", "columns are ConversationId, First Name, Order.")]
    [InlineData("{ \"Hi $FirstName,\" }", "ColumnUnknown", "is written $($_.'First Name').")]
    [InlineData("{ \"Hi $first_name,\" }", "ColumnUnknown", "a variable $first_name, which is set")]
    [InlineData("{ \"It is $($order).\" }", "ColumnUnknown", "is written $($_.Order).")]
    [InlineData("{ \"It is $([string] $Order).\" }", "ColumnUnknown", "is written $($_.Order).")]
    [InlineData("{ 'Hi ' + ('a' | ForEach-Object { $Order }) }", "ColumnUnknown", "$($_.Order)")]
    [InlineData("{ param($r) \"Hi $($r.Order)\" }", "ColumnUnknown", "The row is $_")]
    [InlineData("{ \"Hi $($args[0].Order)\" }", "ColumnUnknown", "waits for an argument")]
    [InlineData("{ \"Hi $_.'First Name'\" }", "RowInText", "Name the column")]
    [InlineData("{ \"Hi $((Row | Group-Object Order).Group.Item)\" }", "RowInText", "It has {get; in it")]
    [InlineData("{ \"$_\" }", "RowInText", "It has @{ in it: '@{ConversationId=")]
    [InlineData("{ \"Your courses: $([string[]].FullName).\" }", "RowInText", "It has System.String[] in it")]
    [InlineData("{ 'Hi [object Object]' }", "RowInText", "It has [object Object] in it")]
    [InlineData("{ $_ }", "RowInText", "it is the whole row. Name a column of it: { $_.'First Name' }.")]
    [InlineData("{ @{ Hi = $_.Order } }", "RowInText", "a hashtable")]
    [InlineData("{ \"Hi $(@{ a = 1 })\" }", "RowInText", "System.Collections.")]
    [InlineData("{ [Random]::new() }", "RowInText", "it is not text, but a Random.")]
    [InlineData("{ \"Hi $($_.'First Name'.Trim)\" }", "RowInText", "its result stands there: .Trim().")]
    [InlineData("{ $_.Order.ToUpper }", "RowInText", "a method in it that is not called: 'string ToUpper(), str")]
    [InlineData("{ \"It is $((Get-Date).ToShortDateString)\" }", "RowInText", ".ToShortDateString().")]
    [InlineData("{ \"It is $((Get-Date).AddDays)\" }", "RowInText", ".AddDays().")]
    [InlineData("{ \"Hi $($_.Order.CompareTo)\" }", "RowInText", ".CompareTo().")]
    [InlineData("{ \"Hi $($_ | Format-Table)\" }", "RowInText", "It has Microsoft.PowerShell.Commands.Internal.")]
    [InlineData("{ \"No. $($_.Order | Format-List *)\" }", "RowInText", "It has Microsoft.PowerShell.Commands.")]
    [InlineData("'Hi {{First Name}}'", "PlaceholderInText", "which nothing has replaced")]
    [InlineData("'Hi $($_.Order)'", "PlaceholderInText", "in braces and double quotes")]
    [InlineData("' $_.Order '", "PlaceholderInText", "in braces and double quotes")]
    [InlineData("'Hi $($row.Order)'", "PlaceholderInText", "It has '$($' in it")]
    [InlineData("'Hi *|FNAME|*!'", "PlaceholderInText", "It has '*|FNAME|*' in it")]
    [InlineData("'Hi *|ANYTHING|*!'", "PlaceholderInText", "which nothing has replaced")]
    [InlineData("'Hi {first name}!'", "PlaceholderInText", "It has '{first name}' in it")]
    [InlineData("'Hi [see below] [ First Name ]'", "PlaceholderInText", "has '[ First Name ]' in it")]
    [InlineData("'50% off, %ORDER%!'", "PlaceholderInText", "It has '%ORDER%' in it")]
    [InlineData("'Hi <<First Name>>!'", "PlaceholderInText", "It has '<<First Name>>' in it")]
    [InlineData("{ 'Hi $FirstName!' }", "PlaceholderInText", "It has '$FirstName' in it")]
    [InlineData("'$5 off, $order!'", "PlaceholderInText", "It has '$order' in it")]
    [InlineData("'$Order is ready'", "PlaceholderInText", "It has '$Order' in it")]
    [InlineData("'Hi $first_name!'", "PlaceholderInText", "It has '$first_name' in it")]
    [InlineData("'{Order} is ready'", "PlaceholderInText", "It has '{Order}' in it")]
    [InlineData("'*|FNAME|*, it is ready'", "PlaceholderInText", "It has '*|FNAME|*' in it")]
    [InlineData("{ 'Hi ${Order}!' }", "PlaceholderInText", "It has '{Order}' in it")]
    [InlineData("' Get-Greeting $_ '", "PlaceholderInText", "It has '$_' in it")]
    [InlineData("'(\"Hi {0}\" -f $PSItem.Order)'", "PlaceholderInText", "It has '$PSItem' in it")]
    [InlineData("'Hi <%= FirstName %>!'", "PlaceholderInText", "It has '<%= FirstName %>' in it")]
    [InlineData("'Hi <%@user.first_name%>!'", "PlaceholderInText", "{ \"Hi $($_.'First Name')\" }")]
    [InlineData("'Hi [[FIRSTNAME]]!'", "PlaceholderInText", "{ \"Hi $($_.'First Name')\" }")]
    [InlineData("'Hi [[FIRSTNAME default=you]]!'", "PlaceholderInText", "It has '[[FIRSTNAME default=you]]' in it")]
    [InlineData("'Hi {!Contact.FirstName}!'", "PlaceholderInText", "{ \"Hi $($_.'First Name')\" }")]
    [InlineData("'Hi [INSERT NAME HERE],'", "PlaceholderInText", "It has '[INSERT NAME HERE]' in it")]
    [InlineData("'Hi [insert first name],'", "PlaceholderInText", "{ \"Hi $($_.'First Name')\" }")]
    [InlineData("'Hi [Enter your name here],'", "PlaceholderInText", "It has '[Enter your name here]' in it")]
    [InlineData("'Hi «First Name»!'", "PlaceholderInText", "It has '«First Name»' in it")]
    [InlineData("'No. {0}, on {1:d}.'", "PlaceholderInText", "It has '{0}' in it")]
    [InlineData("'On {1:d}.'", "PlaceholderInText", "It has '{1:d}' in it")]
    [InlineData("'Hi Ada,\\nit is it.'", "PlaceholderInText", "'Hi Ada,\\nit is it.'. A line end is")]
    [InlineData("'Hi Ada\\n\\nit is ready.'", "PlaceholderInText", "is written `n, in double quotes")]
    [InlineData("'It is ready\\n'", "PlaceholderInText", "which PowerShell does not read as a line end")]
    [InlineData("'Hi Ada\\nIt is ready.'", "PlaceholderInText", "does not read as a line end")]
    [InlineData("'Hi «First_Name»!'", "PlaceholderInText", "It has '«First_Name»' in it")]
    [InlineData("'Dear {contact.first_name}, thank you'", "PlaceholderInText", "{ \"Hi $($_.'First Name')\" }")]
    [InlineData("'Dear {Customer.FirstName},'", "PlaceholderInText", "It has '{Customer.FirstName}' in it")]
    [InlineData("'Dear {customer_first_name},'", "PlaceholderInText", "It has '{customer_first_name}' in it")]
    [InlineData("'Dear [Name],'", "PlaceholderInText", "It has '[Name]' in it")]
    [InlineData("'Dear [Parent name],'", "PlaceholderInText", "It has '[Parent name]' in it")]
    [InlineData("'Dear [guest_name],'", "PlaceholderInText", "It has '[guest_name]' in it")]
    [InlineData("'Dear «GreetingLine»'", "PlaceholderInText", "It has '«GreetingLine»' in it")]
    [InlineData("'Dear <<Salutation>>,'", "PlaceholderInText", "It has '<<Salutation>>' in it")]
    [InlineData("'Dear %recipient.first%,'", "PlaceholderInText", "It has '%recipient.first%' in it")]
    [InlineData("'Dear ##FirstName##,'", "PlaceholderInText", "It has '##FirstName##' in it")]
    [InlineData("'Hi {FirstName}!'", "PlaceholderInText", "It has '{FirstName}' in it")]
    [InlineData("'Hi [first_name]!'", "PlaceholderInText", "It has '[first_name]' in it")]
    [InlineData("'Hi %FIRST-NAME%!'", "PlaceholderInText", "It has '%FIRST-NAME%' in it")]
    [InlineData("'Hi <First Name>!'", "PlaceholderInText", "It has '<First Name>' in it")]
    [InlineData("'1 < 2, <order> is ready'", "PlaceholderInText", "It has '<order>' in it")]
    [InlineData("'Hi,`n`nyour order'", "PlaceholderInText", "reads as a line end in double quotes alone: 'Hi,`n")]
    [InlineData("'Hi,`nyour order is ready.'", "PlaceholderInText", "It has '`n' in it")]
    [InlineData("'Hi Ada!`n your order'", "PlaceholderInText", "It has '`n' in it")]
    [InlineData("'Hi Ada`r`nyour order'", "PlaceholderInText", "It has '`n' in it")]
    [InlineData("'Hi Ada`nYour order'", "PlaceholderInText", "It has '`n' in it")]
    [InlineData("'It is ready`n'", "PlaceholderInText", "It has '`n' in it")]
    [InlineData("'It is `$12.50 or more.'", "PlaceholderInText", "'`$' in it, which PowerShell reads as a dollar sign")]
    [InlineData("{ \"Zo$([char]0xFFFD)\" }", "TextUnreadable", "Import-WixInboxCsv finds out the right one")]
    [InlineData("{ \"H`0i`0 there\" }", "TextUnreadable", "a control character, U+0000, in it: 'H<U+0000>i<U+0000>'")]
    [InlineData("{ \"Hi $([char]27)[31mAda\" }", "TextUnreadable", "U+001B")]
    [InlineData("{ \"Hi Ada$([char]0x7F)\" }", "TextUnreadable", "U+007F")]
    [InlineData("'Hi Zo&euml;, it is ready.'", "TextUnreadable", "'&euml;' in it, which is HTML for 'ë', and")]
    [InlineData("'Hi O&#39;Brien'", "TextUnreadable", "'O&#39;Brien'. To get the letter itself: $([System")]
    [InlineData("'Hi O&#x27;Brien'", "TextUnreadable", "It has '&#x27;' in it, which is HTML for ''")]
    [InlineData("'Fish &amp; Chips'", "TextUnreadable", "$([System.Net.WebUtility]::HtmlDecode(…)). To")]
    [InlineData("'https://e.example/?a=1&amp;b=2'", "TextUnreadable", "which is HTML for '&'")]
    [InlineData("'<p>Hi Ada</p>'", "TextUnreadable", "It has '</p>' in it, which is HTML, and appears literally")]
    [InlineData("'<A href=x>Hi</A>'", "TextUnreadable", "'<A href=x>' in it")]
    [InlineData("'Hi Ada,<BR/>it is ready'", "TextUnreadable", "'<BR/>' in it")]
    [InlineData("'Pay </strong>now'", "TextUnreadable", "'</strong>' in it")]
    [InlineData("'Really?&nbsp;Yes'", "TextUnreadable", "'&nbsp;' in it")]
    [InlineData("{ \"Don$([char]0x92)t wait\" }", "TextUnreadable", "U+0092, in it: 'Don<U+0092>t'. The file may have")]
    [InlineData("{ \"Hi$([char]0x80)\" }", "TextUnreadable", "U+0080")]
    [InlineData("{ \"Hi$([char]0x85)\" }", "TextUnreadable", "U+0085")]
    [InlineData("{ \"Hi$([char]0x9F)\" }", "TextUnreadable", "U+009F")]
    [InlineData("{ \"Jos$([char]0xC3)$([char]0x89)\" }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("{ 'OlÃ¡ JoÃ£o' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("{ 'Itâ€™s ready' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("{ 'ÐŸÑ€Ð¸Ð²Ðµ' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("{ 'Hi ãåã, hello' }", "TextMisread", "encoding than its file has: 'ãåã,'")]
    [InlineData("{ 'Hi Èâàí' }", "TextMisread", "encoding than its file has: 'Èâàí'")]
    [InlineData("{ 'Hi ãÍãÏ' }", "TextMisread", "encoding than its file has: 'ãÍãÏ'")]
    public void A_text_that_is_no_text_for_a_customer_is_the_rows_error(string text, string id, string words)
    {
        var result = Engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Equal([id], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Assert.DoesNotContain(id, Engine.Run($"Row | Send-WixInboxMessage -Text {text} -SkipCheck {id}").ErrorIds);
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("Umlaute: äöü, ÄÖÜ, äöüß")]
    [InlineData("åäö, ÅÄÖ, æøå, ÆØÅ, õäöü")]
    [InlineData("áéíóúñ, éèêàç, ãõáéí")]
    [InlineData("Öö, où, ëë, Þú átt, žluťoučký, öööh, ääää")]
    [InlineData("Иван, דוד, محمد, Đặng")]
    public void Letters_that_people_write_are_no_sign_of_another_encoding(string text)
    {
        Engine.Set("text", text);

        Assert.Equal([text], Engine.Run("Row | Send-WixInboxMessage -Text $text").OutputOf("Text"));
    }

    [Fact]
    public void What_reads_a_column_Item_of_a_group_works_when_it_is_pasted()
    {
        Engine.Run($$"""
            $groups = 'Lamp', 'Wire' |
                ForEach-Object { [pscustomobject]@{ To = '{{Engine.Guid1}}'; Item = $_ } } | Group-Object To
            """);
        const string Send = "$groups | Send-WixInboxMessage -ConversationId { $_.Name } -Text ";
        var error = Assert.Single(Engine.Run(Send + "{ \"You ordered $($_.Group.Item)\" }").Errors).ToString();
        var advice = error.Split("Name the column: ")[1].Split(" To send it")[0].TrimEnd('.');

        Assert.Equal(["Hi Lamp, Wire"], Engine.Run(Send + advice).OutputOf("Text"));
    }

    [Theory]
    [InlineData("[Pupil]", "$_.Name", "It has the whole row in it, and '.Name' behind that.")]
    [InlineData("[Pupil]", "${_}.Name", "It has the whole row in it")]
    [InlineData("[Named]", "$PSItem.name", "a column stands in brackets: { \"Hi $($_.name)\" }.")]
    [InlineData("[Pupil]", "$_", "It has Pupil in it, the name of the row's class.")]
    [InlineData("[Pupil]", "$_.Nothing", "It has Pupil in it, the name of the row's class.")]
    [InlineData("[Named]", "$_", null)]
    [InlineData("[Named]", "$($_.Name)", null)]
    [InlineData("[Named]", "$_.com", null)]
    [InlineData("[Pupil]", "$(1 | ForEach-Object { \"$_.Name\" })", null)]
    public void A_row_that_a_string_writes_as_a_whole_is_the_rows_error(string type, string part, string? words)
    {
        var result = Engine.Run($$"""
            class Pupil { [string] $ConversationId; [string] $Name = 'Ann' }
            class Named : Pupil { [string] ToString() { return 'Ann Lee' } }
            {{type}}@{ ConversationId = '{{Engine.Guid1}}' } | Send-WixInboxMessage -Text { "Hi {{part}}, ok" }
            """);

        Assert.Equal(words is null ? [] : ["RowInText"], result.ErrorIds);
        Assert.Equal(words is null ? 1 : 0, Handler.Requests.Count);
        Assert.Contains(words ?? "", string.Concat(result.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Hi $($_.'First Name'), $($_.Order) is ready: 5 $ off {today}\" }")]
    [InlineData("'50% off [see below] {x} <<y>> 10%'")]
    [InlineData("\"A`tline`r`nand$([char]11)another$([char]12)\"")]
    [InlineData("'A string Quartet(live), a type A(4), a guid (a, b) and a long walk (2 h) with Microsoft.'")]
    [InlineData("'[[1, 2], [3]] <% {!} {! } <%%> 5 <% 6 %> [click here] [inserted] [Enter] to send'")]
    [InlineData("'https://e.example/?a=1&copy=2;b&lt=3 and ?a=1&image; AT&T; R&D, Q&A; ¯&#; &zzz; & ;'")]
    [InlineData("'[] {} %% <<>> [ ] { order 1 } [orders] Order'")]
    [InlineData("'@{ a = b } @{a} @{=} @{a;b=} @{a=b'")]
    [InlineData("'| *a*|*b* | |*| *|'")]
    [InlineData("'$_id and $PSItems'")]
    [InlineData("'It is at C:\\new\\notes, \\\\nas\\name and in {0, 1}.'")]
    [InlineData("'a [ { % << *|'")]
    [InlineData("'## News ##, [new], {a.1}, 5%.a%, «Война и мир», «Hamlet», [name it]'")]
    [InlineData("'«YouTube» и «СберБанк», <<Carmen>>, {www.example.com}'")]
    [InlineData("'[-] {_} < > <-> [first-order] {names} <https://x.example> <3'")]
    [InlineData("'<Order>10403</Order>'")]
    [InlineData("'<ada@example.com>, <b, a>, <Name>, <plan> <body> 1 < 2 > 1 <p'")]
    [InlineData("'Press <B>, <Table 5> or <I>. If <p and q> then <u>.'")]
    [InlineData("'Rock `n Roll, Rock `n` Roll and Fish`n chips'")]
    [InlineData("'It is $12.50, `$5`, `$five` or `12.'")]
    [InlineData("'Run `npm install`, `name`,`n`, or `node` (`n`).'")]
    [InlineData("'«Bonjour» à «tous», «Hola» y «adiós», »Guten Tag«'")]
    [InlineData("'{{ and }'")]
    [InlineData("'A$AP plays for 5 $'")]
    [InlineData("'«CAFÉ» São Paulo, ÂNGELA, Ångström, 100 €'")]
    [InlineData("{ -join (1, 2 | ForEach-Object { $_.Nothing }) + $_.Order }")]
    [InlineData("{ $_.Order.Length }")]
    [InlineData("{ \"No. $($_.Order)$($_.'')\" }")]
    [InlineData("{ $day = [datetime]'2026-01-01'; \"No. $($_.Order) of $($day.Year)\" }")]
    [InlineData("('a', 'b' | ForEach-Object { $_.ToUpper() } | Select-Object -First 1)")]
    [InlineData("{ foreach ($n in 1, 2) { if ($n -eq 2) { break } }; $_.Order }")]
    [InlineData("{ switch ($_.Order) { 1 { 'one' } default { \"No. $_\"; continue } } }")]
    public void A_text_that_only_looks_odd_is_sent(string text)
    {
        var result = Engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(Handler.Requests);
    }

    [Fact]
    public void The_name_of_a_rows_type_is_no_text_for_a_customer()
    {
        var result = Engine.Run("[WixInbox.Contact]@{ Id = $c } | Send-WixInboxMessage -Text { \"Hi $_\" }");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains("It has WixInbox.Contact in it", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData("@{ ConversationId = $c; 'First Name' = 'Ada' }", "$_.'First Name'")]
    [InlineData("[uri] 'https://e.example/'", "$_.HostNameType")]
    public void A_row_of_any_type_that_is_the_whole_text_has_one_of_its_columns_named(string row, string column)
    {
        var result = Engine.Run($"{row} | Send-WixInboxMessage -ConversationId $c -Text {{ $_ }}");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains(
            $"it is the whole row. Name a column of it: {{ {column} }}.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void The_name_of_a_class_of_a_script_is_a_word_like_any_other()
    {
        var result = Engine.Run("""
            class Order { $ConversationId; $Name }
            [Order]@{ ConversationId = $c; Name = 'Ada' } | Send-WixInboxMessage { "$($_.Name): @Order 5 is ready." }
            """);

        Assert.Empty(result.Errors);
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("{ \"Your order: $($_.Items) is ready\" }", "$($_.Items.Sku -join ', ')")]
    [InlineData("{ \"you bought $($_.Items).\" }", "$($_.Items.Sku -join ', ')")]
    [InlineData("{ 'you bought ' + $_.Items }", "$($_.Items.Sku -join ', ')")]
    [InlineData("{ \"you bought $($_.Items -join ', ').\" }", "$($_.Items.Sku -join ', ')")]
    [InlineData("{ $_.Items -join ', ' }", "$($_.Items.Sku -join ', ')")]
    [InlineData("{ \"you bought $($_.Order.'Order lines').\" }", "$($_.Order.'Order lines'.Name -join ', ')")]
    [InlineData("{ \"you bought $($_.One).\" }", "$($_.One.Code -join ', ')")]
    [InlineData("{ \"you bought $($_.Line).\" }", "It has OrderLine in it, the name of the class", "$_.Line.Name")]
    [InlineData("{ \"you bought $($_.Lines).\" }", "$($_.Lines.Name -join ', ')")]
    public void Objects_of_which_PowerShell_writes_nothing_are_no_text_for_a_customer(
        string text, string meant, string alsoMeant = "Name the")
    {
        var result = Engine.Run($$"""
            class OrderLine { $Sku; $Name }
            $items = [pscustomobject]@{ Sku = 'A' }, [pscustomobject]@{ Sku = 'B' }
            $row = [pscustomobject]@{
                ConversationId = $c; Items = $items; One = @([pscustomobject]@{ Code = 'A' }); Line = [OrderLine]::new()
                Lines = [OrderLine]::new(), [OrderLine]::new(); Names = 'A', 'B'; None = @()
                Order = @{ 'Order lines' = @([OrderLine]::new(), [OrderLine]::new()) }
            }
            $row | Send-WixInboxMessage -Text {{text}}
            """);

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains(meant, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(alsoMeant, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Assert.Empty(Engine.Run($"$row | Send-WixInboxMessage -Text {text} -SkipCheck RowInText").Errors);
    }

    [Theory]
    [InlineData("\"Order $($_.Order.Number) has $($_.Items.Count) items: $($_.Items.Sku -join ', ')\"")]
    [InlineData("\"Order: $($_.Names), $($_.Names -join ', ')\"")]
    [InlineData("\"Order: $($_.Named)$($_.None)\"")]
    [InlineData("if ($_.Order) { \"Order $($_.Order.Number)\" }")]
    public void What_is_named_of_objects_is_sent(string text)
    {
        var result = Engine.Run($$"""
            class Order { $Number = 5 }
            class Named { [string] ToString() { return 'A' } }
            $items = [pscustomobject]@{ Sku = 'A' }, [pscustomobject]@{ Sku = 'B' }
            [pscustomobject]@{
                ConversationId = $c; Items = $items; Order = [Order]::new(); Names = 'A', 'B'; None = @()
                Named = [Named]::new()
            } | Send-WixInboxMessage -Text { {{text}} }
            """);

        Assert.Empty(result.Errors);
        Assert.Single(Handler.Requests);
    }

    [Fact]
    public void A_row_that_was_read_with_the_wrong_separator_is_no_text_for_a_customer()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ 'Email;Name' = 'a@example.com;Ada' } | "
                + "Send-WixInboxMessage -ConversationId $c -Text { \"Hi $_\" }");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData("Hi $($_.Name)", "$_.Name.first")]
    [InlineData("$($_.Name)", "$_.Name.first")]
    [InlineData("It goes to $($_.Address).", "$_.Address.street")]
    [InlineData("Hi $(@{ a = 1 })", "$_.ConversationId")]
    public void An_object_that_stands_in_a_column_is_no_text_for_a_customer(string text, string meant)
    {
        Engine.Run("""
            function Nested {
                '{"ConversationId":"' + $c + '","Name":{"first":"Ada","last":"Byron"},"Address":{"street":"Main"}}' |
                    ConvertFrom-Json
            }
            """);

        var result = Engine.Run($"Nested | Send-WixInboxMessage -Text {{ \"{text}\" }}");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains($"{{ \"Hi $({meant})\" }}", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Engine.Run($"Nested | Send-WixInboxMessage -Text {{ \"{text}\" }} -SkipCheck RowInText");
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData(
        "{ \"Thank you for your order, $_\" }",
        "It has @{ in it: '…ur order, @{ConversationId=0d4fc8ac-52c1…'. "
            + "Name the column: { \"Hi $($_.ConversationId)\" }. To send it anyway: -SkipCheck RowInText.")]
    [InlineData(
        "'0123456789{Order}'",
        "It has '{Order}' in it, which nothing has replaced: '0123456789{Order}'. A column is written "
            + "{ \"Hi $($_.Order)\" }, in braces and double quotes. To send it anyway: -SkipCheck PlaceholderInText.")]
    [InlineData(
        "{ \"Zo$([char]0xFFFD), hi\" }",
        "It has a '\uFFFD', which stands for a letter that could not be read: 'Zo\uFFFD,'. The file may have another "
            + "encoding: Import-WixInboxCsv finds out the right one. To send it anyway: -SkipCheck TextUnreadable.")]
    [InlineData(
        "{ 'Dear JoÃ£o, hi' }",
        "It was read in another encoding than its file has: 'JoÃ£o,'. Import-WixInboxCsv finds out the right one. If "
            + "it has read the file, the file was saved that way: export it again from its source. To send it anyway: "
            + "-SkipCheck TextMisread.")]
    public void An_error_shows_the_place_alone_and_says_how_the_text_is_sent_anyway(string text, string words)
    {
        var result = Engine.Run($"Row | Test-WixInboxMessage -Text {text}");

        Assert.Equal(["-Text: " + words], result.OutputOf("Problem"));
    }

    [Fact]
    public void The_column_that_has_HTML_in_it_is_named_and_can_be_read_as_is_advised()
    {
        Engine.Run("$row = [pscustomobject]@{ ConversationId = $c; 'First Name' = 'Zo&euml;' }");

        var problem = Assert.Single(
            Engine.Run("$row | Test-WixInboxMessage { \"Hi $($_.'First Name')!\" }").OutputOf("Problem"));
        const string Advice = "$([System.Net.WebUtility]::HtmlDecode($_.'First Name'))";
        var sent = Engine.Run($"$row | Send-WixInboxMessage {{ \"Hi {Advice}!\" }}");

        Assert.Contains(Advice + ".", problem, StringComparison.Ordinal);
        Assert.Equal(["Hi Zoë!"], sent.OutputOf("Text"));
    }

    [Theory]
    [InlineData("'JoÃ£o'", "'JoÃ£o'")]
    [InlineData("('x' * 30) + 'JoÃ£o'", "'xxxxxxxxxxxxxxxxxxJoÃ£o'")]
    [InlineData("('😀' * 10) + 'xÃ£o' + ('y' * 40)", "'😀😀😀😀😀😀😀😀😀xÃ£oyyyyyyyyyyyyyyyyyy…'")]
    public void Of_a_long_word_that_was_misread_the_part_around_the_place_is_shown(string text, string words)
    {
        var result = Engine.Run($"Row | Test-WixInboxMessage -Text {{ {text} }}");

        Assert.Contains(
            $"than its file has: {words}. ", Assert.Single(result.OutputOf("Problem")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*|FNAME|*", "'First Name'")]
    [InlineData("*|LNAME|*", "'Last Name'")]
    [InlineData("*|lname|*", "'Last Name'")]
    [InlineData("$N", "N")]
    public void A_tag_of_Mailchimp_and_a_variable_of_one_letter_mean_their_column(string found, string column)
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada'; 'Last Name' = 'Byron'; N = 1 } | "
                + $"Test-WixInboxMessage 'Hi {found}!'");

        Assert.Contains(
            $"{{ \"Hi $($_.{column})\" }}", Assert.Single(result.OutputOf("Problem")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'Hi {{FirstName}}'")]
    [InlineData("'Hi {{ First Name }}'")]
    [InlineData("'Hi $($_.FirstName)'")]
    [InlineData("'Hi {FIRST NAME}'")]
    [InlineData("'Hi *|FNAME|*'")]
    [InlineData("'Hi $_.First'")]
    public void The_column_that_a_placeholder_means_is_named(string text)
    {
        var result = Engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        var meant = text.Contains("$_.First'", StringComparison.Ordinal) ? "ConversationId" : "'First Name'";
        Assert.Contains($"{{ \"Hi $($_.{meant})\" }}", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Template -Title x -Button @{ Label = 'For {{First Name}}'; LaunchUrl = 'https://e.com' }")]
    [InlineData("-Template -Title x -Button @{ Label = 'x'; LaunchUrl = 'https://e.com/{Order}' }")]
    [InlineData("-Form -Title x -Field @{ Name = 'x'; Value = '$($_.Order)' }")]
    [InlineData("-Form -Title x -Field @{ Name = '{Order}'; Value = 'x' }")]
    [InlineData("-Form -Title x -Description '{Order}' -Field @{ Name = 'x'; Value = 'x' }")]
    [InlineData("-Template -Title 'For {Order}'")]
    [InlineData("-Template -Title x -TextLine 'x', 'No. {Order}'")]
    [InlineData("-Text x -PreviewText '{Order}'")]
    [InlineData("-Text x -Badge '{Order}'")]
    [InlineData("-Content @{ Basic = @{ Items = @(@{ Text = '{Order}' }) } }")]
    [InlineData("-Content @{ Template = @{ Title = 'x'; TextLines = 'x', '{Order}' } }")]
    [InlineData("-Content @{ Template = @{ Title = 'x'; Buttons = @(@{ Label = '{Order}' }) } }")]
    [InlineData("-Content @{ Form = @{ Title = 'x'; Fields = @(@{ Name = 'x'; Value = '{Order}' }) } }")]
    [InlineData("-Text x -ImageUrl 'https://e.com/[Order].png'")]
    [InlineData("-Minimal -Text x -Url 'https://e.com/$Order'")]
    public void Each_text_of_a_message_is_looked_at(string parameters)
    {
        var result = Engine.Run($"Row | Send-WixInboxMessage {parameters}");

        Assert.Equal(["PlaceholderInText"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }
}
