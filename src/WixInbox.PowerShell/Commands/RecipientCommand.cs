using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>The parameters that name a person, or the conversation with one. Not a cmdlet itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecipientCommand : SiteCommand
{
    private protected RecipientCommand()
    {
    }

    /// <summary>
    /// Gets or sets the id of the conversation, a GUID. If it is given, the other ids are not used, and the
    /// conversation does not have to be found. Default: the column ConversationId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public virtual RowValue<string>? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets the id of a contact, a GUID. Its conversation is found, or created, with one request; that of a
    /// contact who is a member of the site by the member id, as Wix demands. Default: the column ContactId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? ContactId { get; set; }

    /// <summary>
    /// Gets or sets the id of a member of the site, a GUID. It is preferred to the ids of the contact and the visitor,
    /// as Wix advises. Default: the column MemberId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? MemberId { get; set; }

    /// <summary>
    /// Gets or sets the id of a visitor who is not signed in, a GUID. Default: the column AnonymousVisitorId or
    /// VisitorId.
    /// </summary>
    [Parameter]
    [Alias("VisitorId")]
    [ListArgument]
    public RowValue<string>? AnonymousVisitorId { get; set; }

    /// <summary>
    /// Gets or sets an e-mail address of a contact. It is used if no id is given. The contact whose main address it is
    /// goes before one that has it beside another. One request looks up the addresses of 50 rows; it needs the
    /// permission Read Contacts. Default: the first filled one of the columns Email, Email Address, Mail, Primary Email,
    /// Contact Email, Login Email, Billing Email, Email 1, E-mail 1 - Value and others of that kind, in this order:
    /// about_WixInbox_BulkSend has the list. Another column is named with a script block:
    /// <c>-Email { $_.'Work mail' }</c>.
    /// </summary>
    [Parameter]
    [Alias("EmailAddress", "Mail")]
    [ListArgument]
    public RowValue<string>? Email { get; set; }
}
