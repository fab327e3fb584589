namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Nobody who is known to have unsubscribed is written to, however that is known.</summary>
public sealed class ConsentTests : RowRuns
{
    [Theory]
    [InlineData("Email subscriber status", "Unsubscribed", "Never subscribed")]
    [InlineData("Unsubscribed from all email", "Yes", "No")]
    [InlineData("Accepts Email Marketing", "no", "yes")]
    [InlineData("Email Opt Out", "1", "0")]
    [InlineData("Email Marketing Consent", "UNSUBSCRIBED", "SUBSCRIBED")]
    [InlineData("EMAIL_BLACKLISTED", "Yes", "No")]
    [InlineData("Opted out of email: Newsletter", "true", "false")]
    [InlineData("Opted out of email: Product news", "true", "false")]
    [InlineData("*Status", "Unsubscribed", "Active")]
    [InlineData("UNSUB_TIME", "2026-03-01 10:00:00", "")]
    [InlineData("SubscriptionStatus", "Unsubscribed", "Pending")]
    [InlineData("Unsubscribed?", "Yes", "No")]
    [InlineData("Unsubscribed (Y/N)", "Y", "N")]
    [InlineData("Subscribed?", "no", "yes")]
    [InlineData("Unsubscribed", "WAHR", "FALSCH")]
    [InlineData("Opt In", "FAUX", "VRAI")]
    [InlineData("Opt In", "off", "on")]
    [InlineData("Email subscriber status", "Unsubscribed by admin", "Never unsubscribed")]
    [InlineData("Email subscriber status", "Désabonné", "Abonné")]
    [InlineData("Status", "Opted out of email", "Not opted out")]
    [InlineData("Status", "Abgemeldet am 1.3.", "Nicht abgemeldet")]
    [InlineData("Newsletter", "unsubscribed", "weekly")]
    [InlineData("Labels", "Customers;Unsubscribed", "Customers")]
    [InlineData("is_subscribed", "false", "true")]
    [InlineData("EMAIL_BLOCKLISTED", "true", "false")]
    [InlineData("BLACKLIST", "1", "0")]
    [InlineData("Do not allow Bulk Emails", "Do Not Allow", "Allow")]
    [InlineData("Abgemeldet", "ja", "nein")]
    [InlineData("Newsletter", "nein", "ja")]
    [InlineData("Newsletter", "0", "weekly")]
    [InlineData("Newsletter", "No thanks", "Thanks")]
    [InlineData("Email Opt-in Status", "No", "Pending")]
    [InlineData("Marketing permissions", "FALSE", "TRUE")]
    [InlineData("Email Permission", "Opt-out", "Implied")]
    [InlineData("Subscriber", "no", "Never subscribed")]
    [InlineData("Mailing list", "Unsubscribed", "no")]
    [InlineData("Status", "Do not contact", "Contacted")]
    [InlineData("Tags", "Suppressed", "VIP")]
    [InlineData("Tags", "DNC", "no")]
    [InlineData("Status", "unsub", "0")]
    [InlineData("Newsletter abonniert", "nein", "ja")]
    [InlineData("Werbung erlaubt", "nein", "ja")]
    [InlineData("Keine Werbung", "ja", "nein")]
    [InlineData("Marketing Opt-In", "no", "yes")]
    [InlineData("Newsletter opt-in", "false", "true")]
    [InlineData("Opt in newsletter", "no", "yes")]
    [InlineData("subscribed_to_emails", "false", "true")]
    [InlineData("Receive emails", "no", "yes")]
    [InlineData("Email Marketing Subscribed", "no", "yes")]
    [InlineData("Marketing allowed", "no", "yes")]
    [InlineData("Has opted in to marketing emails", "no", "yes")]
    [InlineData("Marketing status", "no_consent", "archived")]
    [InlineData("Newsletter subscription", "no", "weekly")]
    [InlineData("primaryEmail.subscriptionStatus", "UNSUBSCRIBED", "SUBSCRIBED")]
    [InlineData("No mailings", "yes", "no")]
    [InlineData("Keine E-Mails", "ja", "nein")]
    [InlineData("Werbewiderspruch", "ja", "nein")]
    [InlineData("Newsletter opt-out", "x", "")]
    [InlineData("Segment", "Unsubscribed", "VIP")]
    [InlineData("Member Status", "unsubscribed", "active")]
    [InlineData("Contact Status", "Opted out", "Customer")]
    [InlineData("State", "unsubscribed", "NO")]
    [InlineData("Subscriber state", "unsubscribed", "NO")]
    [InlineData("Email Preferences", "Unsubscribed", "no")]
    [InlineData("Group", "unsubscribed", "1")]
    [InlineData("Email unsubscribed at", "2026-03-01", "NULL")]
    [InlineData("unsubscribed_at", "2026-03-01", "0000-00-00 00:00:00")]
    [InlineData("unsubscribed_on", "2026-03-01", "---")]
    [InlineData("UNSUB_TIME", "1772355600", "0")]
    [InlineData("Opt-out date", "3/1/2026", "1970-01-01T00:00:00Z")]
    [InlineData("Opted out at", "2026-03-01", "#N/A")]
    [InlineData("DNC", "yes", "no")]
    [InlineData("Subscribe", "FALSE", "weekly")]
    [InlineData("Subscribe to newsletter", "no", "yes")]
    [InlineData("Subscription status", "Not subscribed", "Never subscribed")]
    [InlineData("Email subscription", "not opted in", "opted in")]
    [InlineData("Newsletter", "Nicht abonniert", "abonniert")]
    [InlineData("Newsletter", "Pas inscrite", "inscrite")]
    [InlineData("Email Marketing Consent", "NOT_SUBSCRIBED", "granted")]
    [InlineData("Email consent", "withdrawn", "Explicit")]
    [InlineData("Marketing permission", "Denied", "Granted")]
    [InlineData("Unsubscribed", "not subscribed", "not unsubscribed")]
    [InlineData("Nicht kontaktieren", "ja", "nein")]
    [InlineData("Ne pas contacter", "oui", "non")]
    [InlineData("Désinscription", "oui", "")]
    [InlineData("No contactar", "sí", "no")]
    [InlineData("Non contattare", "sì", "no")]
    [InlineData("Não contactar", "sim", "não")]
    [InlineData("Niet contacteren", "ja", "nee")]
    [InlineData("Geen reclame", "ja", "nee")]
    [InlineData("Disiscritta", "vero", "falso")]
    [InlineData("Kein Newsletter", "x", "")]
    [InlineData("Contactable", "no", "by phone")]
    [InlineData("Do not send", "yes", "no")]
    [InlineData("DoNotSend", "1", "0")]
    [InlineData("Do not send emails", "x", "")]
    [InlineData("Do Not Market", "Yes", "No")]
    [InlineData("Do not text", "yes", "no")]
    [InlineData("do_not_message", "true", "false")]
    [InlineData("Opt-Out (all)", "yes", "no")]
    [InlineData("Opt-Out [all]", "yes", "no")]
    [InlineData("Abgemeldet am", "2026-03-01", "")]
    [InlineData("Newsletter abgemeldet am", "1.3.2026", "nie")]
    [InlineData("Abmeldedatum", "01.03.2026", "NULL")]
    [InlineData("Désabonnée le", "01/03/2026", "jamais")]
    [InlineData("Date de désinscription", "01/03/2026", "")]
    [InlineData("Disiscritto il", "01/03/2026", "mai")]
    [InlineData("Afgemeld op", "01-03-2026", "nooit")]
    [InlineData("Date unsubscribed", "2026-03-01", "never")]
    [InlineData("Tags", "VIP|DNC", "VIP|DN")]
    [InlineData("Tags", "Nicht kontaktieren", "kontaktieren")]
    [InlineData("Unsubscribed", "1.0", "0.0")]
    [InlineData("Unsubscribed", "yes", "never")]
    [InlineData("Unsubscribed", "yes", "NaN")]
    [InlineData("Unsubscribed", "yes", "#N/A")]
    [InlineData("Unsubscribed", "yes", "31.12.9999")]
    [InlineData("Unsubscribed", "yes", "0000-00-00 00:00:00")]
    [InlineData("Abgemeldet", "ja", "angemeldet")]
    [InlineData("Unsubscribe", "yes", "https://x.example/unsubscribe?id=5")]
    [InlineData("Unsubscribe", "yes", "<mailto:unsubscribe@x.example>")]
    [InlineData("Newsletter", "unsubscribed", "https://x.example/unsubscribe")]
    [InlineData("Opt-out date", "31.12.2025", "31.12.9999")]
    [InlineData("Opt-out date", "9999 years ago", "9999-12-31T23:59:59-05:00")]
    [InlineData("Opt-out date", "2026-12-31", "12/31/9999 23:59:59")]
    [InlineData("Opt-out date", "01/02/2026", "31/12/9999")]
    [InlineData("Opt-out date", "2026-03-01", "never")]
    [InlineData("Opt-out date", "2026-03-01", "00.01.1900")]
    [InlineData("Unsubscribe reason", "Too many mails", "none")]
    [InlineData("Unsubscribe reason", "I never unsubscribed, but stop it", "keiner")]
    [InlineData("Unsubscribe reason", "None of these", "ninguna")]
    [InlineData("Unsubscribe reason", "Not subscribed", "not opted out")]
    [InlineData("Status", "Blocklisted", "Blocked")]
    [InlineData("Status", "Complained", "Complaint about an order")]
    [InlineData("Status", "Consent withdrawn", "Removed")]
    [InlineData("Subscription status", "Spam complaint", "pending")]
    [InlineData("Newsletter status", "Removed", "weekly")]
    [InlineData("Newsletter", "No, thank you", "None")]
    [InlineData("Newsletter", "Nein, danke", "Danke")]
    [InlineData("Newsletter", "never", "monthly")]
    [InlineData("Newsletter", "unchecked", "checked")]
    [InlineData("Newsletter", "✗", "✓")]
    [InlineData("Newsletter", "☐", "☑")]
    [InlineData("Newsletter", "disabled", "enabled")]
    [InlineData("Estado de suscripción", "Cancelada", "Activa")]
    [InlineData("Dont contact", "yes", "no")]
    [InlineData("Never contact", "yes", "no")]
    [InlineData("No contact", "x", "")]
    [InlineData("Kontaktverbot", "ja", "nein")]
    [InlineData("Permission to contact", "no", "yes")]
    [InlineData("Darf kontaktiert werden", "nein", "ja")]
    [InlineData("Ne souhaite pas être contacté", "oui", "non")]
    [InlineData("No enviar", "sí", "no")]
    [InlineData("Suscrito al boletín", "no", "sí")]
    [InlineData("Non inviare", "sì", "no")]
    public void A_column_that_says_no_is_heard_and_one_that_does_not_is_not(string column, string no, string other)
    {
        var rows =
            $"'{no}', '{other}' | ForEach-Object {{ "
                + $"[pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }}";

        Assert.Equal(["False", "True"], Engine.Run($"{rows} | Test-WixInboxMessage x").OutputOf("Valid"));
        var sent = Engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
        Assert.Contains(
            $"column {column}: '{no}' says that this person wants no messages. -IncludeUnsubscribed sends to everybody "
                + "who has unsubscribed, not to this person alone.",
            sent.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(sent.Output);
        Assert.Equal(2, Engine.Run($"{rows} | Send-WixInboxMessage x -IncludeUnsubscribed").Output.Count);
    }

    [Theory]
    [InlineData(
        "Status",
        false,
        "Do not email|Do not mail|Abbestellt|Desabonné|Désinscrite|Disiscritto|Dado de baja|Desuscrita|Afgemeld|"
            + "Uitgeschreven|Descadastrado|Nicht kontaktieren|Nicht mehr kontaktieren|Keine Werbung|Ne pas contacter|"
            + "Ne plus contacter|No contactar|Non contattare|Não contactar|Não contatar|Niet contacteren|"
            + "Niet meer contacteren|Geen reclame")]
    [InlineData(
        "Unsubscribed",
        true,
        "never opted out|nicht abgemeldet|pas désabonné|jamais désabonné|niet afgemeld|nooit afgemeld|"
            + "nunca descadastrado")]
    [InlineData(
        "Newsletter",
        false,
        "not consented|non-subscribed|no opt-in|nicht mehr abonniert|nicht angemeldet|nicht eingewilligt|"
            + "nicht zugestimmt|non abonnée|pas inscrit|no suscrito|no inscrita|non iscritto|niet aangemeld|"
            + "niet ingeschreven|niet geabonneerd|não inscrito|nao subscrita")]
    [InlineData(
        "Unsubscribed",
        true,
        "resubscribed|opted in|opt-in|allow|abonniert|abonnée|inscrite|inscrito|suscrita|subscrita|iscritto|"
            + "aangemeld|ingeschreven|geabonneerd")]
    [InlineData(
        "Opt In",
        true,
        "single opt-in|confirmed opt-in|explicit opt-in|explicit|explicit consent|allowed|granted|given|accepted|"
            + "agreed|approved|consented|erteilt|zugestimmt|eingewilligt|erlaubt|ausdrücklich|explizit|accordée|"
            + "accepté|explicite|aceptado|otorgada|confirmado|explícita|concesso|accettata|confermato|"
            + "esplicita|verleend|"
            + "bevestigd|toegestaan|expliciet|aceita")]
    [InlineData(
        "Newsletter",
        false,
        "denied|refused|declined|rejected|withdrawn|revoked|verweigert|abgelehnt|widerrufen|widersprochen|refusé|"
            + "retirée|révoqué|rechazado|denegada|retirado|revocada|rifiutato|negata|ritirato|revocato|geweigerd|"
            + "ingetrokken|recusado|negada|revogado|cancelled|gekündigt|résiliée|opgezegd|STOP|blacklisted|complained|"
            + "nej|nie|нет|hayır|いいえ|否|F|nooit|no thanks|non merci|no, gracias|nee, dank je|não, obrigado")]
    [InlineData(
        "Opt-out date",
        true,
        "nie|niemals|jamais|nunca|mai|nooit|keine|keines|aucun|aucune|ninguno|ningún|nessun|nessuna|geen|nenhum|"
            + "nenhuma|not set|unset")]
    public void Each_word_is_understood_in_each_language(string column, bool isSent, string words)
    {
        var cells = words.Split('|');
        Engine.Set("cells", cells);

        var valid = Engine.Run(
            $"$cells | ForEach-Object {{ [pscustomobject]@{{ ConversationId = (New-Guid); '{column}' = $_ }} }} | "
                + "Test-WixInboxMessage x").OutputOf("Valid");

        Assert.Equal(cells.Length, valid.Length);
        Assert.Equal("", string.Join(", ", cells.Where((_, index) => valid[index] != $"{isSent}")));
    }

    [Theory]
    [InlineData("Labels = 'custom.vip', 'custom.unsubscribed'", "Labels = 'custom.vip', 'custom.blog'", "Labels")]
    [InlineData("Tags = [Collections.Generic.List[string]]('a', 'DNC')", "Tags = @()", "Tags")]
    [InlineData("Groups = @('Unsubscribed')", "Groups = @(@{ Name = 'VIP' }, $null)", "Groups")]
    [InlineData("Status = @{ email = 'unsubscribed' }", "Status = @{ email = 'subscribed' }", "Status")]
    [InlineData("Tags = @{ id = 5; name = 'Unsubscribed' }", "Tags = @{ id = 6; name = 'VIP' }", "Tags")]
    [InlineData("Newsletter = @{ daily = $true; weekly = $false }", "Newsletter = @{ daily = $true }", "Newsletter")]
    [InlineData(
        "email_marketing_consent = @{ state = 'not_subscribed'; opt_in_level = 'single_opt_in'; from = 'OTHER' }",
        "email_marketing_consent = @{ state = 'subscribed'; opt_in_level = 'single_opt_in'; from = 'OTHER' }",
        "email_marketing_consent")]
    public void A_column_of_several_values_is_heard_by_each(string no, string other, string column)
    {
        var rows = $"@{{ ConversationId = $c; {no} }}, @{{ ConversationId = New-Guid; {other} }}";

        foreach (var made in new[]
        {
            rows, rows.Replace("@{ Conv", "[pscustomobject]@{ Conv"), rows.Replace("@{", "[pscustomobject]@{"),
        })
        {
            var result = Engine.Run($"{made} | Send-WixInboxMessage x");

            Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
            Assert.Contains($"column {column}: '", result.Errors[0].ToString(), StringComparison.Ordinal);
            Assert.Single(result.Output);
        }
    }

    [Theory]
    [InlineData("Unsubscribed", "maybe", false)]
    [InlineData("Unsubscribed", "2026-03-01 10:00:00", false)]
    [InlineData("Unsubscribed", "n/a", true)]
    [InlineData("Unsubscribed", "subscribed", true)]
    [InlineData("Opt In", "pending", false)]
    [InlineData("Opt In", "2026-03-01 10:00:00", true)]
    [InlineData("Opt In", "", true)]
    [InlineData("Opt In", "31.12.2025", true)]
    [InlineData("Opt In", "31/12/2025 18:30", true)]
    [InlineData("Opt In", "Double opt-in", true)]
    [InlineData("Opt In", "Double opt-in pending", false)]
    [InlineData("Opt In", "confirmed", true)]
    [InlineData("Opt In", "bestätigt", true)]
    [InlineData("Opt In", "unconfirmed", false)]
    [InlineData("Opt In", "implied", false)]
    [InlineData("Opt In", "never", false)]
    [InlineData("Email consent", "Confirmé", true)]
    [InlineData("Email consent", "concedida", true)]
    [InlineData("Email consent", "erteilt.", true)]
    [InlineData("Unsubscribed", "confirmed", false)]
    [InlineData("Unsubscribed", "pas encore", false)]
    public void A_cell_that_is_neither_yes_nor_no_is_no_consent(string column, string cell, bool isSent)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }} | Send-WixInboxMessage x");

        Assert.Equal(isSent ? 1 : 0, result.Output.Count);
        if (!isSent)
        {
            Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
            Assert.Contains(
                $"column {column}: '{cell}' is neither yes nor no",
                result.Errors[0].ToString(),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Opt In", "'Opt In'")]
    [InlineData("Unsubscribed?", "'Unsubscribed`?'")]
    [InlineData("Unsubscribed ('d)", "'Unsubscribed (''d)'")]
    [InlineData("Unsubscribed\u200B", "\"Unsubscribed$([char]0x200B)\"")]
    public void What_leaves_a_column_out_works_when_it_is_pasted(string column, string name)
    {
        Engine.Set("column", column);
        foreach (var row in new[] { "[pscustomobject]@{{ {0} }}", "@{{ {0} }}" })
        {
            Engine.Run("$rows = 'perhaps', '' | ForEach-Object { " + string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                row,
                "ConversationId = (New-Guid); $column = $_; Unsubscribed2 = 'x'") + " }");
            var error = Assert.Single(
                Engine.Run("$rows | Send-WixInboxMessage x -WarningAction Ignore").Errors).ToString();
            var advice = error.Split("leaves it out before the command: ")[1].Split(". -Include")[0];

            Assert.EndsWith($"Select-Object * -ExcludeProperty {name}", advice, StringComparison.Ordinal);
            Assert.Contains("Write yes or no into the cell, or empty it.", error, StringComparison.Ordinal);
            Assert.Contains("sends to all, also to those who have opted out.", error, StringComparison.Ordinal);
            var left = Engine.Run($"$rows | {advice}").Output;
            Assert.All(left, one => Assert.Equal(
                ["ConversationId", "Unsubscribed2"],
                one.Properties.Select(property => property.Name).Order(StringComparer.Ordinal)));
            Assert.Equal(
                2, Engine.Run($"$rows | {advice} | Send-WixInboxMessage x -WarningAction Ignore").Output.Count);
        }
    }

    [Fact]
    public void A_later_row_of_somebody_of_whom_it_is_unclear_is_mended_by_the_first()
    {
        var result = Engine.Run("""
            $rows = 'perhaps', 'no' | ForEach-Object { @{ ConversationId = $c; Unsubscribed = $_ } }
            $rows | Send-WixInboxMessage x
            """);

        Assert.Empty(result.Output);
        Assert.Contains(
            "Row 1 is for the same person, who may want no messages: its error says how that is mended.",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Email = 'ada@example.com; ada@home.example' }", "@{ Email = 'ada@home.example' }")]
    [InlineData("@{ 'Email 1' = 'a@x'; 'Email 2' = 'ada@example.com' }", "@{ Email = 'Ada@Example.com' }")]
    [InlineData("@{ ContactId = $c; Email = 'ada@example.com' }", "@{ Email = 'ada@example.com' }")]
    [InlineData("@{ Email = 'ada@example.com' }", "@{ ContactId = $c; Email = 'ada@example.com' }")]
    [InlineData("@{ MemberId = (New-Guid); ContactId = $c }", "@{ ContactId = $c }")]
    [InlineData("@{ ConversationId = (New-Guid); MemberId = \" $c\" }", "@{ MemberId = $c }")]
    public void Who_has_opted_out_by_one_address_or_id_is_not_written_to_by_another_of_the_same_row(
        string optedOut, string later)
    {
        var result = Engine.Run(
            $"$no = {optedOut}; $no.Unsubscribed = 'yes'; $no, {later} | Send-WixInboxMessage x -WarningAction Ignore");

        Assert.Empty(result.Output);
        Assert.Equal("ContactUnsubscribed", result.ErrorIds.Last());
        Assert.Contains(
            "Row 1 is for the same person, who wants no messages.",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Email { $_.'Work mail' }")]
    [InlineData("-MemberId { $_.Id }")]
    public void A_column_is_heard_too_where_a_block_says_whom_a_row_is_for(string who)
    {
        var result = Engine.Run($$"""
            'yes', 'no', '' | ForEach-Object {
                $id = if ($_ -eq 'no') { New-Guid } else { $c }
                [pscustomobject]@{ Id = $id; 'Work mail' = "$id@example.com"; Unsubscribed = $_ }
            } | Test-WixInboxMessage x {{who}}
            """);

        Assert.Equal(["False", "True", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("Unsubscribed = 'no'; 'Email Opt Out' = 'yes'")]
    [InlineData("Unsubscribed = 'yes'; 'Email Opt Out' = 'no'")]
    [InlineData("Unsubscribed = ''; Status = 'Unsubscribed'")]
    [InlineData("Status = 'Active'; 'Opt In' = 'no'")]
    public void One_of_several_columns_that_says_no_is_enough(string columns)
    {
        var result = Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {columns} }} | Send-WixInboxMessage x");

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData("'Member ID'", "'none'")]
    [InlineData("'Contact ID'", "1042")]
    [InlineData("'Email 2'", "'n/a'")]
    [InlineData("'Email 2'", "$null")]
    public void Nobody_has_opted_out_by_what_stands_in_every_row_and_names_nobody(string column, string value)
    {
        var result = Engine.Run($$"""
            'yes', 'no' | ForEach-Object {
                [pscustomobject]@{ Email = "$_@example.com"; {{column}} = {{value}}; Unsubscribed = $_ }
            } | Test-WixInboxMessage x -WarningAction Ignore
            """);

        Assert.Equal(["False", "True"], result.OutputOf("Valid"));
    }

    [Fact]
    public void A_text_that_fails_does_not_hide_who_has_opted_out()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Unsubscribed = 'yes'; Name = '' }, @{ ConversationId = $c; Name = 'Ada' } |
                Send-WixInboxMessage { if ($_.Name) { "Hi $($_.Name)" } else { throw 'no name' } }
            """);

        Assert.Equal(["BlockFailed", "ContactUnsubscribed"], result.ErrorIds);
    }

    [Theory]
    [InlineData("Order = 1")]
    [InlineData("Order = ''")]
    public void A_row_that_was_sent_before_or_has_no_key_does_not_hide_it_either(string key)
    {
        using var folder = new TemporaryFolder();
        Engine.Set("journal", folder.File("run.jsonl"));
        const string Send = "Send-WixInboxMessage x -Journal $journal -KeyProperty Order";
        Assert.Single(Engine.Run($"@{{ ConversationId = $c; Order = 1 }} | {Send}").Output);

        var result = Engine.Run(
            $"@{{ ConversationId = $c; {key}; Unsubscribed = 'yes' }}, @{{ ConversationId = $c; Order = 2 }} | {Send}");

        Assert.Empty(result.Output);
        Assert.Equal("ContactUnsubscribed", result.ErrorIds.LastOrDefault());
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("ContactId = $c; 'Email 1' = 'a@example.com'; 'Email 2' = 'b@example.com'", "$c, a@example.com")]
    [InlineData("ContactId = $c; AnonymousVisitorId = $c; Email = 'a@example.com'", "$c, a@example.com")]
    [InlineData(
        "MemberId = $c; 'Email 1' = 'a@example.com'; 'Email 2' = 'b@example.com'", "a@example.com, b@example.com")]
    [InlineData("ConversationId = New-Guid; MemberId = New-Guid; ContactId = $c", "$c")]
    public void Of_those_whom_a_row_names_further_contacts_are_asked_and_of_a_contact_the_first_address(
        string columns, string expected)
    {
        Engine.Run($"[pscustomobject]@{{ {columns} }} | Send-WixInboxMessage x");

        var asked = Handler.Requests
            .Where(request => request.Path.EndsWith("/contacts/query", StringComparison.Ordinal))
            .SelectMany(request => request.Json["query"]!["filter"]!.AsObject().Single().Value!["$in"]!.AsArray())
            .Select(value => value!.GetValue<string>())
            .Distinct();
        Assert.Equal(expected.Replace("$c", Engine.Guid1, StringComparison.Ordinal), string.Join(", ", asked));
    }

    [Fact]
    public void Where_Wix_does_not_say_it_they_are_written_to_and_that_is_told_once()
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.EndsWith("/contacts/query", StringComparison.Ordinal)
                ? StubHandler.Error(403, "PERMISSION_DENIED")
                : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run(
            "1..3 | ForEach-Object { @{ ContactId = New-Guid; Text = \"x $_\" } } | Send-WixInboxMessage");

        Assert.Equal(3, result.Output.Count);
        Assert.StartsWith(
            "Wix does not permit looking up contacts, so it is not known who has unsubscribed",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab", "ab")]
    [InlineData("abc", "ab…")]
    [InlineData("a😀b", "a…")]
    public void What_says_it_is_shown_in_part_where_it_is_long(string end, string shown)
    {
        var begin = "Unsubscribed ".PadRight(58, 'x');

        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Status = '{begin}{end}' }} | Send-WixInboxMessage x");

        Assert.Contains(
            $"column Status: '{begin}{shown}' says that this person",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_opted_out_counts_for_no_limit_of_errors()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Unsubscribed = 'yes' }, @{ ConversationId = New-Guid; Unsubscribed = 'yes' },
                @{ ConversationId = $c }, @{ ConversationId = New-Guid } |
                Send-WixInboxMessage x -MaxErrorCount 1
            """);

        Assert.Null(result.Thrown);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Unsubscribed = 'yes'; 'Email Opt Out' = 'perhaps'", "Unsubscribed: 'yes' says that this person")]
    [InlineData("Unsubscribed = 'perhaps'; 'Opt In' = 'no'", "Unsubscribed: 'perhaps' is neither yes nor no")]
    public void Of_several_columns_that_say_no_the_first_is_named(string columns, string words)
    {
        var result = Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {columns} }} | Send-WixInboxMessage x");

        Assert.Contains($"column {words}", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void A_column_is_heard_too_that_has_nothing_in_the_first_row()
    {
        var result = Engine.Run("""
            1..2 | ForEach-Object {
                [pscustomobject]@{ ConversationId = (New-Guid); Unsubscribed = if ($_ -eq 2) { 'yes' } }
            } | Test-WixInboxMessage x
            """);

        Assert.Equal(["True", "False"], result.OutputOf("Valid"));
    }

    [Fact]
    public void Who_has_opted_out_in_one_row_is_not_written_to_for_a_later_one()
    {
        const string Rows = """
            $rows = 'yes', '', 'no' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Unsubscribed = $_ } }
            """;

        Assert.Equal(3, Engine.Run(Rows + "; $rows | Send-WixInboxMessage x -IncludeUnsubscribed").Output.Count);
        Assert.Equal(
            ["False", "False", "False"], Engine.Run("$rows | Test-WixInboxMessage x").OutputOf("Valid"));
        var result = Engine.Run("$rows | Send-WixInboxMessage x");
        Assert.Empty(result.Output);
        Assert.All(result.ErrorIds, id => Assert.Equal("ContactUnsubscribed", id));
        Assert.Contains("Row 1 is for the same person", result.Errors[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_that_is_piped_in_says_it_itself()
    {
        var contact = """
            $contact = [WixInbox.Contact]@{ Id = $c }
            $primary = [WixInbox.Contact].GetProperty('PrimaryEmail', [Reflection.BindingFlags]'Instance, NonPublic')
            $address = [Activator]::CreateInstance($primary.PropertyType)
            $address.SubscriptionStatus = 'UNSUBSCRIBED'
            $primary.SetValue($contact, $address)
            """;

        Assert.Equal(["ContactUnsubscribed"], Engine.Run($"{contact}; $contact | Send-WixInboxMessage x").ErrorIds);
        Assert.Empty(Handler.Requests);
        Assert.Single(Engine.Run("$contact | Send-WixInboxMessage x -IncludeUnsubscribed").Output);
    }

    [Fact]
    public void A_trial_on_oneself_asks_nothing_of_the_rows_people()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ Name = 'Ada'; 'Email Opt Out' = 'yes' } | "
                + "Send-WixInboxMessage -ConversationId $c -Text { \"Hi $($_.Name)\" }");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("$row | Send-WixInboxMessage -ConversationId $c x")]
    [InlineData("$row | Send-WixInboxMessage -ConversationId $row.ConversationId -Text { 'x' }")]
    public void Who_is_typed_is_the_person_of_the_row_where_the_row_names_the_same(string script)
    {
        Engine.Run("$row = [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'yes' }");

        Assert.Equal(["ContactUnsubscribed"], Engine.Run(script).ErrorIds);
        Assert.Empty(Engine.Run($"$row | Send-WixInboxMessage -ConversationId {Engine.Guid2} x").Errors);
    }

    [Theory]
    [InlineData("$row | Send-WixInboxMessage -Email $row.'Work mail' x")]
    [InlineData("Send-WixInboxMessage -InputObject $row -Email ADA@example.com x")]
    [InlineData("$row | Send-WixInboxMessage -ContactId $row.Customer x")]
    public void So_it_is_where_a_column_of_any_name_has_the_same(string script)
    {
        Engine.Run("""
            $row = [pscustomobject]@{ 'Work mail' = 'Ada <ada@example.com>'; Customer = $c; Unsubscribed = 'yes' }
            """);

        Assert.Equal(["ContactUnsubscribed"], Engine.Run(script).ErrorIds);
        Assert.Single(Engine.Run("$row | Send-WixInboxMessage -Email zoe@example.com x -WhatIf").Warnings);
    }
}
