namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>What somebody says who is asked in a sentence whether messages are wanted.</summary>
public sealed class WishTests : ConsentRuns
{
    [Theory]
    [InlineData(
        "Je souhaite ne plus recevoir de newsletters|Je souhaite ne pas être contacté par e-mail|"
            + "I would like not to receive marketing emails|I wish not to receive emails|"
            + "I agree not to receive newsletters|I would like to receive no marketing emails|"
            + "Desidero non ricevere newsletter|Deseo no recibir publicidad|"
            + "Ich stimme der Zusendung von Newslettern nicht zu",
        "Yes|Ja|Oui|Sì|Sí")]
    [InlineData("Would you like a message from us?|I consent to my image being used and to marketing emails", "No")]
    [InlineData("Möchten Sie eine Nachricht von uns erhalten?|Recibo emails", "No|Nein")]
    [InlineData("Travel Offers Opt-Out|Dental Recall Opt Out|Media Do Not Contact|Transport Updates Opt-out", "Yes")]
    [InlineData("Attributes|Constituent Attributes|Honorific|Contributes", "Deceased|Deceased; Unsubscribed")]
    public void A_denial_in_the_sentence_and_a_part_of_a_word_hide_no_refusal(string columns, string cells) =>
        AssertAll("warning", columns, cells);

    [Theory]
    [InlineData("Acceptance Email Sent|Offer accepted email sent|DOI Mail Sent|DOI E-Mail confirmed", "No|Yes")]
    [InlineData("Do you have a valid email", "No")]
    [InlineData("Newsletter|Email Preference", "Text")]
    [InlineData("Preferred contact number|Preferred contact time", "Mobile|Phone")]
    [InlineData("Email Preferences Link", "https://example.com/unsubscribe?u=1")]
    [InlineData("Last marketing email name", "Win back unsubscribed")]
    [InlineData("Do you agree to be contacted by email?", "Prefer not say|Rather not say|Prefer not to share")]
    public void What_is_about_something_else_hides_behind_no_such_word(string columns, string cells) =>
        AssertAll("nothing", columns, cells);

    [Fact]
    public void A_refusal_in_words_is_told_of_whatever_another_column_says() => AssertAll(
        "warning", "How would you like us to contact you?", "Please do not contact me by email");

    [Theory]
    [InlineData(
        "warning",
        "I agree to receive messages from the school by email|Do you agree to be contacted by email?|"
            + "Would you like to hear from us about future events?|Happy to hear from us|"
            + "Please confirm: I would like to stay on the mailing list",
        "No|No, I do not agree|No, thank you|No thanks|No thank you|I do not agree|I don’t agree|Disagree|"
            + "No (I prefer post)|No, only by post|Rather not|I'd rather not be contacted|I would prefer not to|"
            + "No I don't|Declined|I do not wish to receive emails|Please do not contact me by email")]
    [InlineData(
        "warning",
        "Dürfen wir Ihnen E-Mails senden?|Ich bin damit einverstanden, per E-Mail informiert zu werden|"
            + "Dürfen wir Sie kontaktieren?",
        "Nein|Nein, danke|Nein, ich bin nicht einverstanden|Ich bin nicht einverstanden|Nein danke|Lieber nicht|"
            + "Ich möchte das nicht|Ich stimme nicht zu|nicht einverstanden")]
    [InlineData(
        "warning",
        "Souhaitez-vous recevoir nos e-mails ?|Pouvons-nous vous contacter ?|J'accepte d'être contacté",
        "Non|Non merci|Non, je ne souhaite pas|Je n'accepte pas|Je refuse|Pas d'accord|Je ne veux plus")]
    [InlineData(
        "warning",
        "¿Desea recibir nuestros correos?|¿Podemos contactarle?",
        "No|No, gracias|No deseo|No acepto|Prefiero no|No estoy de acuerdo|No quiero")]
    [InlineData(
        "warning",
        "Desidera ricevere le nostre email?|Possiamo contattarla?",
        "No|No, grazie|Non desidero|Non accetto|Preferisco di no|Non sono d'accordo")]
    [InlineData(
        "warning",
        "Wilt u onze e-mails ontvangen?|Mogen wij contact met u opnemen?",
        "Nee|Nee, bedankt|Nee dank u|Liever niet|Ik wil dit niet|Ik ga niet akkoord|Niet akkoord")]
    [InlineData(
        "warning",
        "Deseja receber os nossos emails?|Podemos contactá-lo?",
        "Não|Não, obrigado|Não desejo|Não aceito|Prefiro não|Não concordo")]
    [InlineData(
        "nothing",
        "I agree to receive messages from the school by email|Do you agree to be contacted by email?|"
            + "Would you like to hear from us about future events?|Dürfen wir Ihnen E-Mails senden?|"
            + "Ich bin damit einverstanden, per E-Mail informiert zu werden|Souhaitez-vous recevoir nos e-mails ?|"
            + "¿Desea recibir nuestros correos?|Desidera ricevere le nostre email?|Wilt u onze e-mails ontvangen?|"
            + "Deseja receber os nossos emails?",
        "Yes|Ja|Oui, merci|Sí|I agree|Prefer not to say|")]
    [InlineData(
        "warning",
        "May we contact you about open days?|Keep me updated about openings|Please keep us informed by email",
        "No|No thanks")]
    [InlineData("nothing", "Did you hear from us?|How did you hear from us?|Do you want breakfast?", "No|No, thanks")]
    public void A_refusal_in_several_words_is_one_as_a_bare_no_is(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning",
        "Please tick if you do NOT wish to receive our newsletter|"
            + "Please check the box if you do NOT want to be contacted|Tick here if you do not want to hear from us|"
            + "Ich möchte keine E-Mails erhalten|"
            + "Je ne souhaite pas recevoir vos e-mails|No deseo recibir correos|Non desidero ricevere email|"
            + "Ik wil geen e-mails ontvangen|Não desejo receber emails|Please stop sending me updates",
        "Yes|X|I do not wish to receive emails|TRUE")]
    [InlineData(
        "nothing",
        "Please check the box if you do NOT want to be contacted|Tick here if you do not want to hear from us|"
            + "Ich möchte keine E-Mails erhalten",
        "No||FALSE")]
    [InlineData("nothing", "Please tick if you do not want breakfast|I do not wish to share a room", "Yes|No")]
    [InlineData("error", "I do not wish to be contacted|I don't want to be contacted", "Yes|X|true")]
    [InlineData("nothing", "I do not wish to be contacted", "No|")]
    public void A_box_against_messages_is_read_by_its_yes(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "warning", "How would you like us to contact you?", "None|Please do not contact me by email|Not at all|No")]
    [InlineData("warning", "Wie dürfen wir Sie kontaktieren?", "Gar nicht|Keine|Telefonisch")]
    [InlineData("nothing", "Preferred contact method|Contact preference", "None|")]
    [InlineData("nothing", "How would you like us to contact you?", "Email|None, Email|Any|")]
    [InlineData(
        "warning",
        "Solicit Codes|Restrictions|Solicitation restrictions|Solicit Code",
        "Do Not Solicit|No email solicitation|VIP; Do Not Solicit|Do not solicit")]
    [InlineData("error", "Tags|Status", "Do Not Solicit|Blacklist|Schwarze Liste")]
    [InlineData(
        "error",
        "No Solicitation|No solicitations|Requests no contact|Wants no contact|Kein Kontakt gewünscht|"
            + "Wünscht keinen Kontakt|Ne plus solliciter|Pas de sollicitation|Refus de contact|"
            + "Keine Werbung erwünscht|"
            + "Ne souhaite plus être contacté|No desea ser contactado|Non desidera essere contattato|"
            + "Wil niet gecontacteerd worden|Geen contact gewenst|Não deseja ser contactado",
        "Yes|Ja|Oui|x")]
    [InlineData("nothing", "No Solicitation|Kein Kontakt gewünscht|Refus de contact", "No|Nein|")]
    [InlineData(
        "warning",
        "No appeals|Exclude|Excluded|Suppression|Keine Spendenaufrufe|Versandsperre|Spendersperre|Exclu|Excluido",
        "Yes|Ja|true")]
    [InlineData("nothing", "No appeals|Exclude|Suppression|Keine Spendenaufrufe|Versandsperre", "No|")]
    [InlineData(
        "warning",
        "Solicit|Receives correspondence|Correspondence|Electronic communication|Electronic communications",
        "No|0")]
    [InlineData("nothing", "Solicit|Receives correspondence|Correspondence|Electronic communication", "Yes|")]
    [InlineData(
        "warning",
        "Classifications|Klassifizierungen|Category",
        "Blacklist|Schwarze Liste|Liste noire|Lista negra|Lista nera|Zwarte lijst|VIP, Blacklist|Do not contact list")]
    [InlineData("nothing", "Notes|Category", "The Blacklist fan|List|Black")]
    [InlineData(
        "warning",
        "Special Requests|Notes",
        "Please do not send me any marketing emails|Please don't send me your newsletters|"
            + "Bitte senden Sie mir keine Werbung|Bitte keine E-Mails|Bitte keine Werbung zusenden|"
            + "Merci de ne pas m'envoyer d'e-mails|Por favor, no me envíen correos|Per favore non inviatemi email|"
            + "Stuur mij geen e-mails|Por favor não me envie emails")]
    [InlineData(
        "nothing", "Special Requests|Notes", "Please do not send flowers|Bitte keine Nüsse|No contact lenses please")]
    public void A_wish_for_no_messages_is_heard_in_the_words_of_charities_and_hotels(
        string outcome, string columns, string cells) => AssertAll(outcome, columns, cells);

    [Theory]
    [InlineData(
        "nothing",
        "Trip consent|Media consent|Invoice by email|Email receipt|Receipt emailed|Receipt by email|"
            + "Message from guest|Have you received the newsletter?|Did you receive our email?|Email Inactive|"
            + "I give permission for photographs to be used in the newsletter|Rechnung per E-Mail|Facture par e-mail|"
            + "Haben Sie unseren Newsletter erhalten?|Avez-vous reçu notre e-mail ?|Message",
        "No|no")]
    [InlineData("nothing", "Receipt by email|Invoice by email|Rechnung per E-Mail", "Yes|No")]
    [InlineData(
        "nothing",
        "Message from guest|Message|Guest message|Any messages?",
        "No, thanks|I do not want a room by the lift|Yes")]
    [InlineData("warning", "Consent to receipt of emails|Email Inactive", "Yes")]
    [InlineData("warning", "Receipt of marketing emails|Invoices and marketing by email", "No")]
    [InlineData(
        "nothing", "Marketing opt-in|Opt in", "Email|Email; SMS|E-mail, Phone|SMS & Email|Email and post|By email")]
    [InlineData("error", "Marketing opt-in|Opt in", "SMS|Phone, Post|Email: no|Not by email|No email")]
    public void What_is_no_wish_is_no_warning(string outcome, string columns, string cells) =>
        AssertAll(outcome, columns, cells);

    [Fact]
    public void The_warning_of_a_column_has_the_first_value_and_a_line_that_leaves_such_rows_out()
    {
        Engine.Run("""
            $rows = '', 'No', "No, it's too much" | ForEach-Object {
                [pscustomobject]@{ ConversationId = (New-Guid); 'Marketing-E-Mails ''senden' = $_ }
            }
            """);

        var warning = Assert.Single(
            Engine.Run("$rows | Send-WixInboxMessage x").Warnings,
            one => one.Contains("no messages", StringComparison.Ordinal));

        Assert.Equal(
            "Column Marketing-E-Mails 'senden may say who wants no messages, as by 'No', and nobody is left out for "
                + "it: the names that are known are in Get-Help about_WixInbox_BulkSend. Give it one of them, or leave "
                + "such rows out: Where-Object { 'No' -ne $_.'Marketing-E-Mails ''senden' }.",
            warning);
        var line = warning.Split("rows out: ")[1].TrimEnd('.');
        var sent = Engine.Run($"$rows | {line} | Send-WixInboxMessage x");
        Assert.Equal(2, sent.Output.Count);
        Assert.Contains(
            "Where-Object { 'No, it''s too much' -ne ",
            Assert.Single(sent.Warnings, one => one.Contains("no messages", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }
}
