"""Documents written for these tests in the forms that offices use; none is a real one."""

PLAN = """| LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |
|---|---|
| Số: 45 /KH-LĐLĐ | Hòa An, ngày 10 tháng 3 năm 2025 |

**KẾ HOẠCH**

Tổ chức hội thi cán bộ công đoàn giỏi năm 2025

Thực hiện Kế hoạch số 12/KH-TLĐ ngày 20/02/2025 của Tổng Liên đoàn về triển khai Nghị quyết số 02-NQ/TW ngày
12/6/2021; Hướng dẫn số 07-HD/BTGTU ngày 01/3/2025 của Ban Tuyên giáo Tỉnh ủy, Ban Thường vụ LĐLĐ tỉnh xây dựng kế
hoạch như sau:

I. MỤC TIÊU

1. Đến hết năm 2026, trên 80% cán bộ công đoàn được tập huấn.

II. NỘI DUNG

1. Hội thi cấp cơ sở

- Các công đoàn cơ sở tổ chức hội thi gắn với kỷ niệm 96 năm Ngày thành lập Công đoàn Việt Nam (28/7/1929 - 28/7/2025).

- Thời gian: Từ ngày 05/5/2025 đến ngày 30/5/2025.

2. Hội thi cấp tỉnh

a) Nhiệm vụ: Lựa chọn, bồi dưỡng đội tuyển dự thi.

b) Đơn vị chủ trì: Ban Tuyên giáo - Nữ công.

c) Thời gian thực hiện: Hoàn thành trong tháng 7/2025.

IV. TỔ CHỨC THỰC HIỆN

1. LĐLĐ các huyện, thành phố, Công đoàn ngành

- Xây dựng kế hoạch và gửi về LĐLĐ tỉnh (qua Ban Tuyên giáo - Nữ công) trước ngày 25/3/2025; báo cáo kết quả chậm nhất
ngày 15/6 để tổng hợp.

- Báo cáo kết quả hoạt động về LĐLĐ tỉnh (6 tháng, năm).

- Thường xuyên đôn đốc công đoàn cơ sở; tại Công văn số 88/LĐLĐ ngày 05/01/2025, LĐLĐ tỉnh đã yêu cầu các đơn vị
hoàn thành trước ngày 01/02/2025.

Nơi nhận:
- Tổng Liên đoàn (để báo cáo);
- LĐLĐ các huyện, thành phố (thực hiện);
- Lưu: VT.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH
"""

LETTER = """Số: 210/LĐLĐ

Hòa An, ngày 07 tháng 4 năm 2025

V/v tăng cường chăm lo đoàn viên

Kính gửi: Các công đoàn ngành.

Thực hiện Công văn số 330/TLĐ-QHLĐ ngày 01/4/2025 của Tổng Liên đoàn về chăm lo đoàn viên, Ban Thường vụ LĐLĐ tỉnh đề
nghị các cấp công đoàn:

1. Tăng cường nắm tình hình đời sống của đoàn viên, nhất là trong dịp tổng kết năm 2026.

2. Kịp thời thăm hỏi đoàn viên gặp khó khăn theo quy định.

Nơi nhận:
- Như kính gửi;
- Lưu: VT.
"""

WRAPPED = """|
**ỦY BAN NHÂN
DÂN**
TỈNH HÒA AN
-------
|
**CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
|
|
Số: 77/KH-UBND
|
*Hòa An, ngày
02 tháng 9 năm 2025*
|

**KẾ HOẠCH**

CHUYỂN ĐỔI SỐ TRONG CÁC HỢP TÁC XÃ, HỘ KINH
DOANH TRÊN ĐỊA BÀN TỈNH

Căn cứ Chương trình số
10-CTr/TU ngày 13/8/2025 của Ban Thường vụ Tỉnh ủy về chuyển đổi số, Ủy ban nhân
dân tỉnh ban hành Kế hoạch như sau:

**1. Sở Công
Thương**

Rà soát, lập danh sách các hợp tác xã tham gia và báo cáo Ủy ban nhân dân
tỉnh **trước ngày
20 hằng tháng**.

**2. Danh mục nhiệm vụ**

|
**STT**
|
**Tên nhiệm vụ**
|
**Cơ quan chủ trì**
|
**Thời gian hoàn thành**
|
|
1
|
Xây dựng bộ tiêu chí
đánh giá
|
Sở Công Thương
|
Quí IV-2025
|
|
2
|
Tuyên truyền trên báo chí
|
Sở Văn hóa
|
Thường xuyên
|
|
3
|
Sơ kết việc thực hiện
|
Sở Nội vụ
|
Hằng năm
|
"""

ARTICLE = """Ngày 17/9/2025, Công đoàn Ngành Xây dựng đã ban hành Kế hoạch 147/KH-CĐXD năm 2025 về việc tổ chức Đại hội.

Theo đó, căn cứ Kế hoạch 22/KH-TLĐ năm 2025 của Tổng Liên đoàn; Công văn 513/TLĐ-QHLĐ về thời gian đại hội.

(1) Đại hội

Đại hội dự kiến diễn ra trong tuần cuối tháng 12/2025.
"""
