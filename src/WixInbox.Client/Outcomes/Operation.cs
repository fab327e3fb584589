namespace WixInbox;

/// <summary>The calls of the API.</summary>
public enum Operation
{
    /// <summary><c>POST /inbox/v2/messages</c>.</summary>
    SendMessage,

    /// <summary><c>POST /inbox/v2/conversations</c>.</summary>
    GetOrCreateConversation,

    /// <summary><c>GET /inbox/v2/messages</c>.</summary>
    ListMessages,

    /// <summary><c>GET /inbox/v2/conversations/{id}</c>.</summary>
    GetConversation,

    /// <summary><c>POST /contacts/v5/contacts/query</c>, or <c>POST /contacts/v4/contacts/query</c>.</summary>
    QueryContacts,

    /// <summary><c>GET /contacts/v4/contacts/{id}</c>.</summary>
    GetContact,

    /// <summary><c>GET /contacts/v4/labels</c>.</summary>
    ListLabels,

    /// <summary>
    /// <c>POST /site-media/v1/files/generate-upload-url</c>, which gives the address that a file is uploaded to.
    /// </summary>
    GenerateUploadUrl,

    /// <summary>The upload itself: a <c>PUT</c> to that address.</summary>
    UploadFile,

    /// <summary><c>POST /site-media/v1/files/import</c>.</summary>
    ImportFile,

    /// <summary><c>GET /site-media/v1/files/get-file-by-id</c>.</summary>
    GetFile,

    /// <summary><c>POST /oauth2/token</c>, which fetches a token for the calls above.</summary>
    SignIn,
}
