namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// What becomes of a row by a cell: an error where it says for certain that a person wants no messages, a warning where
/// it may, and nothing where it is about something else.
/// </summary>
public sealed class ConsentOutcomeTests : ConsentRuns
{
    private const string Never =
        "Never subscribed|NEVER_SUBSCRIBED|never_subscribed|Never-subscribed|never opted in|nie abonniert";

    [Theory]
    [InlineData(
        "error", "Do not disturb|DND|Please do not disturb|No molestar|Nicht stören|勿扰", "yes|1|true|x|DND")]
    [InlineData("error", "Status|Tags", "Do not disturb|DND|VIP; DND|No molestar|Não perturbe|勿扰|Nicht stören")]
    [InlineData("nothing", "Do not disturb|DND", "no|0|false|")]
    [InlineData("warning", "Notes|Category", "DND|Do not disturb")]
    [InlineData("nothing", "Notes", "D&D|Do not disturb the sleeping dog|dndx")]
    [InlineData("error", "DND Email|Email DND|DND All|DND", "yes|Email|Email, SMS|all")]
    [InlineData("warning", "DND Status|Email DND Status|DND Channels|DND Settings", "Active|Email|Inactive")]
    [InlineData(
        "warning",
        "Do not call or message|No phone calls or messages|Emails paused|Marketing paused|Phone and message consent",
        "yes")]
    public void Who_is_not_to_be_disturbed_wants_no_messages(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning",
        "May we contact you about future events?|Can we send you news?|Receive updates|Receive offers|Receive news|"
            + "News and offers|Special offers|Send me offers|Keep me informed|I would like to receive updates|"
            + "Stay in touch|Can we e-mail you?|Recevoir nos offres|Recibir ofertas|Ricevere offerte|"
            + "Angebote erhalten|Samtykke|Samtycke",
        "no|FALSE|nej")]
    [InlineData("nothing", "May we contact you about future events?|Receive updates|Keep me informed", "yes|")]
    [InlineData("nothing", "Received updates|Newspaper|Offers made|Company updates sent", "no")]
    [InlineData("warning", "Removal requested|Marked as spam|Complaint|Blocked|Stop|Baja", "yes|1")]
    [InlineData("nothing", "Removal requested|Marked as spam|Complaint|Blocked|Stop|Baja", "no|0|")]
    [InlineData(
        "warning",
        "Notes",
        "unsubscribe me please|Please unsubscribe me|remove me, please|unsubscribe me from your list|pls unsubscribe")]
    [InlineData("nothing", "Notes", "please subscribe me|unsubscribe me button is broken")]
    public void A_question_that_is_answered_with_no_may_mean_it(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData("warning", "Email Marketing|Newsletter|Subscriber", Never)]
    [InlineData("error", "Email Marketing Consent|Subscribed|Opt in", Never)]
    [InlineData("nothing", "Email subscriber status|Subscription status|Status", Never)]
    [InlineData(
        "error",
        "Subscriber status|Newsletter|Subscribed",
        "not_subscribed|Not subscribed|Non-subscribed|Non-subscriber|NON_SUBSCRIBER|not a subscriber")]
    public void Who_never_subscribed_has_given_no_consent_and_asked_for_nothing(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning",
        "Marketing Permissions|Contact preference|Preferred contact method|Communication preferences|"
            + "Preferred Method of Contact|How would you like to hear from us?|Gewünschter Kontaktweg|Newsletter|"
            + "Mode de contact préféré|Medio de contacto preferido",
        "Direct Mail|Post only|Phone|SMS, phone|by post|Telefon / Brief|téléphone et courrier|"
            + "Text Message;Phone Call")]
    [InlineData(
        "nothing",
        "Marketing Permissions|Contact preference|Preferred contact method|How should we contact you?",
        "Email|Email, Direct Mail|Phone or email|Any|Text and Email||Postal Email")]
    [InlineData(
        "nothing",
        "Phone|Delivery method|Payment method|Ship via|Source|Contact type|Send by",
        "Phone|Post|Letter|SMS")]
    public void Who_chooses_other_ways_to_be_reached_may_want_no_messages(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Fact]
    public void The_choice_of_another_way_is_no_warning_where_somebody_has_said_yes_to_mail()
    {
        var result = Engine.Run(Outcome + """

            foreach ($said in 'yes', '') {
                Get-Outcome ([pscustomobject]@{
                    ConversationId = (New-Guid)
                    'Email opt-in' = $said
                    'Preferred contact method' = 'Phone'
                })
            }
            """);

        Assert.Equal(["nothing", "warning"], result.Output.Select(one => one.ToString()));
    }

    [Fact]
    public void What_cannot_be_seen_in_the_name_of_a_column_makes_no_difference() => AssertAll(
        "error", "\u202AUnsubscribed\u202C|Opt\u00AD-Out|\u2060Do not contact|Email opt\u200Eout", "yes");

    [Theory]
    [InlineData(
        "error",
        "Email status|Emails status|Mail status|Mailing status|Mailings status|Marketing status|Newsletter status|"
            + "Mailing preferences|Marketing preferences|Newsletter suppressions",
        "Unsubscribed|Opted out")]
    [InlineData("nothing", "Mailing status|Mailing preferences", "Active|")]
    public void Each_word_for_mail_makes_the_name_of_a_status(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "nothing",
        "Mailing Country|Mailing Country Code|Mailing State/Province|Mailing State|Newsletter language|Email language",
        "NO|no")]
    [InlineData(
        "nothing",
        "Messages|Campaigns|Email count|Unread messages|Promotions used|Gift message|Welcome email|Free email|"
            + "Disposable email|Voicemail|Mailing same as billing|Total emails|Number of messages|Offers|News",
        "0|1")]
    [InlineData(
        "nothing",
        "Unread messages|Gift message|Welcome email|Free email|Disposable email|Voicemail|Mailing same as billing|"
            + "Marketing contact until next update",
        "no|yes")]
    [InlineData("warning", "Messages|Email discount|Marketing messages", "no")]
    [InlineData("warning", "Marketing messages|Email to account holder", "0")]
    [InlineData("nothing", "Photo consent|Cookie consent|SEPA consent|Medical consent|Video consent", "no|yes|")]
    [InlineData("warning", "GDPR consent|Photo and newsletter consent|Data processing consent", "no|")]
    [InlineData("nothing", "Fax Opt Out|HasOptedOutOfFax|Do not allow Phone Calls|Do not allow Faxes", "1|0|yes|")]
    [InlineData("nothing", "Accepts SMS Marketing|Text messages|Push notifications|Marketing by SMS", "no|yes")]
    [InlineData("warning", "SMS opted out|SMS and email marketing|sms_subscribed|SMS Opt In|Werbung per Post", "no")]
    [InlineData("nothing", "Email Marketing Consent Timestamp|Email Consent Source", "2026-03-01 10:00|web|")]
    [InlineData(
        "nothing",
        "Unsubscribed Mode|Confirmed Opt-Out Source|UNSUB_CAMPAIGN_ID|UNSUB_CAMPAIGN_TITLE|Unsubscribed by",
        "|NULL|0|none|N/A")]
    [InlineData(
        "warning",
        "Unsubscribed Mode|Confirmed Opt-Out Source|UNSUB_CAMPAIGN_ID|UNSUB_CAMPAIGN_TITLE|Unsubscribed by",
        "Manual|Unsubscribed|3d1f")]
    public void What_is_about_something_else_is_no_warning(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData("Email Opt Out", "no", "nothing")]
    [InlineData("Email Opt Out", "", "warning")]
    [InlineData("Email Opt Out", "yes", "error")]
    [InlineData("Deceased", "no", "warning")]
    public void How_somebody_opted_out_is_left_from_before_where_it_is_said_that_the_person_has_not(
        string column, string cell, string outcome)
    {
        Engine.Run(Outcome);

        Assert.Equal([outcome], Engine.Run($$"""
            Get-Outcome @{ ConversationId = $c; '{{column}}' = '{{cell}}'; 'Unsubscribed Mode' = 'Manual' }
            """).Output.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData(
        "nothing",
        "Opt in|Email consent",
        "Single|Double|DOI|implied|express|Implied consent|Website|Web form|Signup form|Checkout|45321|"
            + "45321.75|20260301|1772355600|1772355600000")]
    [InlineData("nothing", "Subscribed", "active|aktiv|Weekly|Monthly|daily|all|HTML|Newsletter")]
    [InlineData("nothing", "Unsubscribed|DNC", "[]|{}")]
    [InlineData(
        "error",
        "Unsubscribed|Suppressed|Blacklisted|Blocklist|Do not contact|DNC|DNC flag|Opt out|Kontaktverbot",
        "Active|aktiv|subscriber|member")]
    [InlineData("error", "Opt in", "pending|Double opt-in pending|unconfirmed|inactive|maybe|12|imported|Website: no")]
    [InlineData("error", "Subscribed", "[]|inactive|pending")]
    [InlineData("error", "Unsubscribed", "inactive|all|weekly|45321|Website|single")]
    public void How_and_to_what_somebody_said_yes_is_a_yes(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData("error", "Newsletter|Subscriber status|Opt in", "not interested|kein Interesse|nicht erwünscht")]
    [InlineData("error", "Newsletter|Opt in", "not interested at the moment")]
    [InlineData("warning", "Newsletter|Email marketing", "not this year|nicht mehr|non tutte|не сейчас|nie teraz")]
    [InlineData(
        "nothing",
        "Newsletter|Email marketing",
        "no answer|not known|keine Angaben|non précisé|no indicado|niet bekend|не указан|brak danych|not applicable")]
    [InlineData("nothing", "Subscription status|Marketing status", "not renewing|not sent|no trial|no reply")]
    [InlineData("nothing", "Lead status|Interests|Notes", "not interested|kein Interesse|no desea")]
    [InlineData("nothing", "Statut|Estado|Stato|סטטוס", "Annulé|Cancelado|no|0|Baja|Nuevo|פעיל|Madrid")]
    [InlineData("nothing", "Fecha de alta|Fecha de nacimiento|Gewerbesperre", "2026-03-01|ja|nein")]
    [InlineData("nothing", "Email delivery date|אישור הזמנה|הסרת שיער", "no|לא|כן")]
    public void A_refusal_in_several_words_is_a_no_where_it_is_asked_for(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "nothing",
        "Email update source|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID|email1_is_bad|Account alerts emails|Email bad",
        "no|yes|0|1")]
    [InlineData("nothing", "UNSUB_REASON_OTHER|unsub_reason_text", "|NULL")]
    [InlineData("warning", "UNSUB_REASON_OTHER", "Too many mails")]
    [InlineData("nothing", "Do not allow Phone Calls|Do not allow Faxes|Allow phone calls", "Do Not Allow|Allow")]
    [InlineData("warning", "Phone|Phone notes", "Do not contact|Unsubscribed")]
    [InlineData("warning", "Marketing alerts|Bad email list|Do not allow mass post", "no|Do Not Allow")]
    public void What_comes_beside_consent_in_exports_is_no_warning(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData("error", "Subscriber ID", "status", "cancelled")]
    [InlineData("error", "subscribed_at", "state", "cancelled")]
    [InlineData("error", "activated", "deactivated", "2026-03-01 10:00:00")]
    [InlineData("nothing", "activated", "deactivated", "0")]
    [InlineData("nothing", "activated", "deactivated", "")]
    [InlineData("nothing", "subscribed_at", "status", "active")]
    [InlineData("nothing", "OPTIN_TIME', 'City", "State", "NE")]
    [InlineData("nothing", "OPTIN_TIME', 'City", "State", "TX")]
    [InlineData("nothing", "OPTIN_TIME", "State", "TX")]
    [InlineData("nothing", "Confirmed at', 'Party size", "status", "cancelled")]
    [InlineData("nothing", "Order ID", "status", "cancelled")]
    [InlineData("nothing", "Subscription ID", "status", "cancelled")]
    [InlineData("nothing", "Subscribed at', 'Plan", "status", "cancelled")]
    [InlineData("nothing", "Last login", "deactivated", "2026-03-01 10:00:00")]
    public void A_word_that_orders_have_too_says_it_in_a_file_of_subscribers(
        string outcome, string beside, string column, string cell)
    {
        Engine.Run(Outcome);

        Assert.Equal([outcome], Engine.Run($$"""
            $row = @{ ConversationId = $c; '{{column}}' = '{{cell}}' }
            foreach ($name in '{{beside}}') { $row[$name] = '2024-01-02' }
            Get-Outcome ([pscustomobject]$row)
            """).Output.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("nothing", "donotsendmm", "Send|Allow")]
    [InlineData("error", "donotsendmm", "Do Not Send")]
    [InlineData("nothing", "Optin|Newsletter abonniert", "✔️")]
    [InlineData("error", "Optin|Subscribed|Email consent", "N|❌|O|S|J|O (out)|S - suspended")]
    [InlineData("error", "Désabonné|Opt-out|Unsubscribed", "O|J|S|Д|✔️|☑️")]
    [InlineData("nothing", "Désabonné|Opt-out|Unsubscribed", "N")]
    [InlineData("nothing", "Marketing segment|Campaign|Mail size", "S|O|J")]
    [InlineData(
        "error",
        "Unsubscribed|Opted Out|Blacklisted|Do Not Email",
        "2024-05-01|5/1/2024 10:30 AM|2026-03-01 10:00:00|01.05.2024|45000|1714550400")]
    [InlineData("nothing", "Unsubscribed|Blacklisted", "1970-01-01|9999-12-31")]
    [InlineData("error", "No Correspondence", "Y|x")]
    [InlineData("nothing", "No Correspondence", "N|")]
    public void What_practices_and_shops_write_in_place_of_yes_and_no_is_read(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "error",
        "Tags|Label|Status|Email status",
        "SMS opt-out, Email opt-out|unsubscribed|SMS & email unsubscribed|opt-out|texted STOP, unsubscribed|DND|"
            + "Unsubscribed via SMS|Opted out by phone|Email & SMS opt-out|Email, Push opt-out|"
            + "Unsubscribed from SMS & email|Opted out of SMS, email|Unsubscribed SMS|Unsubscribed from SMS, messages|"
            + "Opted out: SMS, all|Unsubscribed - SMS")]
    [InlineData(
        "error",
        "Unsubscribed|Do not contact|Email opt out|Blacklist",
        "by phone|via SMS|Unsubscribed by phone|phone|text|Text STOP|SMS|Phone, mail")]
    [InlineData("error", "Deceased", "by phone|Phone call|Call")]
    public void The_name_of_another_channel_hides_no_opt_out(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning",
        "Notes|Alert",
        "Do not contact - complaint|does not want emails|Please don't email me|Please stop emailing me|"
            + "Please don’t contact me|stop sending me emails|keine Mails mehr|no quiere correos|"
            + "do not contact me again|No correspondence|Post only - no email|ne veut plus recevoir de mails|"
            + "VIP – unsubscribed|Patient unsubscribed|VIP; opt - out|Mr X (opt - out)|keine Post mehr|"
            + "keine Nachrichten mehr|keinen Newsletter mehr")]
    [InlineData(
        "nothing",
        "Notes|Alert",
        "Do not contact her office - use this address|stop by the shop|don't know the email|"
            + "Room 5 - no contact lenses|wants emails - often|patient and kind|Client of Ann|Don't Write Me|"
            + "Stop Writing|ne souhaite pas recevoir de sms|PREDECEASED")]
    public void A_sentence_by_which_somebody_wants_no_messages_is_a_warning(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData("Last Name|Alerts", "Ives DECEASED|DECEASED Hart|Hart - deceased|Patient deceased 3/2/24")]
    public void So_is_a_death_beside_a_name(string columns, string cells)
    {
        Engine.Set("columns", columns.Split('|'));
        Engine.Set("cells", cells.Split('|'));

        var result = Engine.Run("""
            foreach ($column in $columns) {
                foreach ($cell in $cells) {
                    [pscustomobject]@{ ConversationId = $c; $column = $cell } | Send-WixInboxMessage x
                }
            }
            """);

        Assert.Equal(
            result.Output.Count, result.Warnings.Count(one => one.Contains("has died", StringComparison.Ordinal)));
        Assert.Equal(8, result.Output.Count);
    }

    [Theory]
    [InlineData("D‚sabonn‚")]
    [InlineData("DŽsabonnŽ")]
    [InlineData("DÃ©sabonnÃ©")]
    [InlineData("D�sinscrit")]
    public void A_column_whose_accents_were_misread_is_a_warning(string column)
    {
        Engine.Set("column", column);

        Assert.Contains(
            Engine.Run("[pscustomobject]@{ ConversationId = $c; $column = 'oui' } | Send-WixInboxMessage x").Warnings,
            one => one.Contains($"{column} may say who wants no messages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("warning", "May we email you offers?", "No")]
    [InlineData("warning", "Do not contact", "yes")]
    [InlineData("warning", "Newsletter", "not interested")]
    [InlineData("nothing", "May we email you offers?", "Yes")]
    [InlineData("nothing", "May we email you offers?", "")]
    [InlineData("nothing", "Do not contact", "no")]
    [InlineData("nothing", "Is it your first visit?", "No")]
    [InlineData("nothing", "", "No")]
    public void A_question_in_one_column_is_read_with_the_answer_in_another(
        string outcome, string question, string answer)
    {
        Engine.Run(Outcome);

        foreach (var (asked, said) in new[] { ("Question 1", "Response 1"), ("question_2", "Answer 2") })
        {
            Assert.Equal([outcome], Engine.Run($$"""
                Get-Outcome ([pscustomobject]@{
                    ConversationId = $c; 'Response 3' = 'No'; '{{asked}}' = '{{question}}'; '{{said}}' = '{{answer}}'
                })
                """).Output.Select(one => one.ToString()));
        }
    }

    [Fact]
    public void A_rehearsal_names_the_row_that_is_sent_before_somebody_opts_out()
    {
        const string Rows = """
            '', 'unsubscribed', 'unsubscribed' | ForEach-Object {
                $n++
                $email = if ($n -eq 3) { 'cy@example.com' } else { 'ben@example.com' }
                [pscustomobject]@{ Email = $email; 'Email Status' = $_ }
            } |
            """;
        const string Words = "Row 1 is for the same person, 'ben@example.com', and is sent, since it comes first: "
            + "put the rows of those who want no messages in front.";

        var rehearsed = Engine.Run($"$n = 0; {Rows} Send-WixInboxMessage x -WhatIf").Errors;
        Assert.Equal(2, rehearsed.Count);
        Assert.Contains(Words, rehearsed[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("same person", rehearsed[1].ToString(), StringComparison.Ordinal);
        Assert.Contains(
            Words,
            Assert.Single(Engine.Run($"$n = 0; {Rows} Test-WixInboxMessage x -Summary").Output).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'', 'maybe'", "", true)]
    [InlineData("'', 'unsubscribed'", "-SkipDuplicate", true)]
    [InlineData("'', '', 'unsubscribed'", "-SkipDuplicate", true)]
    [InlineData("'never', 'unsubscribed'", "", false)]
    public void It_names_no_row_that_is_not_sent(string cells, string parameters, bool isNamed)
    {
        var error = Engine.Run($$"""
            {{cells}} | ForEach-Object { [pscustomobject]@{ Email = 'ben@example.com'; 'Opted out' = $_ } } |
                ForEach-Object { if ($_.'Opted out' -eq 'never') { $_.'Opted out' = 'yes' }; $_ } |
                Send-WixInboxMessage x -WhatIf {{parameters}}
            """).Errors[^1].ToString();

        Assert.Equal(isNamed, error.Contains("Row 1 is for the same person, 'ben@", StringComparison.Ordinal));
        Assert.DoesNotContain("Row 2 is for", error, StringComparison.Ordinal);
    }
}
