// The least that a Kestrel program can do for the same answer: the yardstick that the simulator is measured against.
var answer = System.Text.Encoding.UTF8.GetBytes(
    """{"voucherCode":"3721902693","balance":20.00,"expiryDate":"2026-12-23T23:59:59.9999999","message":"£20.00 CashOut voucher valid at any PayPoint to 23-Dec: http://imovo.org/3721902693TY OR shop: use CASHOUT > I-MOVO > 3721902693 > ENTER Help? 0800 310 0000","successfulRequest":true}""");
// As the simulator does: watching the folder that it is started in would be most of its start.
var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.MapPost("/VoucherRequest/Request", async context =>
{
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer);
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"bare answers at {app.Urls.First()}"));
await app.RunAsync();
